package dev.fleetwright.simulator.backend.local.disks;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The writes of the disk driver. Each may be repeated; what is gone by now is let go. */
public final class DiskWriter {
    private static final String FINALIZER = "external-attacher/disk-csi-azure-com";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

    private final KubernetesClient client;

    public DiskWriter(KubernetesClient client) {
        this.client = client;
    }

    /** Makes the volume of a claim; it can be used in that zone alone. */
    void make(PersistentVolumeClaim claim, String zone) {
        StorageClass storage = client.storage()
                .v1()
                .storageClasses()
                .withName(claim.getSpec().getStorageClassName())
                .get();
        if (storage == null) {
            return;
        }
        String name = "pvc-" + claim.getMetadata().getUid();
        boolean disk = storage.getProvisioner().equals(DiskObjects.DISK);
        var volume = new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .withAnnotations(Map.of("pv.kubernetes.io/provisioned-by", storage.getProvisioner()))
                .endMetadata()
                .withNewSpec()
                .withCapacity(Map.of(
                        "storage", claim.getSpec().getResources().getRequests().get("storage")))
                .withAccessModes(claim.getSpec().getAccessModes())
                .withPersistentVolumeReclaimPolicy(storage.getReclaimPolicy())
                .withStorageClassName(claim.getSpec().getStorageClassName())
                .withVolumeMode(claim.getSpec().getVolumeMode())
                .withNewCsi()
                .withDriver(storage.getProvisioner())
                .withVolumeHandle(nodeGroup() + "/providers/Microsoft.Compute/disks/" + name)
                .withFsType("ext4")
                .endCsi()
                .withNewClaimRef()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName())
                .withUid(claim.getMetadata().getUid())
                .endClaimRef();
        var complete = disk
                ? volume.withNewNodeAffinity()
                        .withNewRequired()
                        .addNewNodeSelectorTerm()
                        .addNewMatchExpression()
                        .withKey(DiskObjects.ZONE)
                        .withOperator("In")
                        .withValues(zone)
                        .endMatchExpression()
                        .endNodeSelectorTerm()
                        .endRequired()
                        .endNodeAffinity()
                        .endSpec()
                        .build()
                : volume.endSpec().build();
        ignoring(409, () -> client.resource(complete).create());
    }

    /** Disks lie in the resource group of the nodes. */
    private String nodeGroup() {
        return client.nodes().list().getItems().stream()
                .map(Node::getSpec)
                .filter(spec -> spec.getProviderID() != null)
                .map(spec -> spec.getProviderID().replaceFirst("^azure://", "").replaceFirst("/providers/.*", ""))
                .findFirst()
                .orElse("");
    }

    void destroy(String volume) {
        ignoring(404, () -> client.persistentVolumes().withName(volume).delete());
    }

    /** From now on the attachment cannot vanish before the disk has been given back. */
    void claim(VolumeAttachment attachment) {
        patch(attachment, "{\"metadata\":{\"finalizers\":[\"" + FINALIZER + "\"]}}");
    }

    void attached(VolumeAttachment attachment) {
        ignoring(
                404,
                () -> client.storage()
                        .v1()
                        .volumeAttachments()
                        .withName(attachment.getMetadata().getName())
                        .subresource("status")
                        .patch(MERGE, "{\"status\":{\"attached\":true}}"));
    }

    void detached(VolumeAttachment attachment) {
        patch(attachment, "{\"metadata\":{\"finalizers\":null}}");
    }

    private void patch(VolumeAttachment attachment, String json) {
        ignoring(
                404,
                () -> client.storage()
                        .v1()
                        .volumeAttachments()
                        .withName(attachment.getMetadata().getName())
                        .patch(MERGE, json));
    }

    /** The volumes are mounted: the pod's containers may start. */
    void start(Pod pod) {
        String json = """
            {"metadata":{"uid":"%s"},"status":{"conditions":[
              {"type":"%s","status":"True","lastTransitionTime":"%s"}]}}
            """.formatted(
                        pod.getMetadata().getUid(),
                        DiskObjects.READY_TO_START,
                        Instant.now().truncatedTo(ChronoUnit.SECONDS));
        ignoring(
                404,
                () -> client.pods()
                        .inNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getMetadata().getName())
                        .subresource("status")
                        .patch(STRATEGIC, json));
    }

    private static void ignoring(int code, Runnable call) {
        try {
            call.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != code) {
                throw e;
            }
        }
    }
}
