package dev.fleetwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The AKS managed cluster without its pools. */
@JsonClassDescription("The AKS managed cluster without its pools.")
@Group("fleetwright.dev")
@Version("v1alpha1")
@Kind("ManagedControlPlane")
@Plural("managedcontrolplanes")
@Singular("managedcontrolplane")
@ShortNames("fwcp")
@Categories("fleetwright")
@AdditionalPrinterColumn(
        name = "Cluster",
        jsonPath = ".spec.clusterRef.name",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".spec.version", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Current", jsonPath = ".status.version", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "AzureState",
        jsonPath = ".status.provisioningState",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Endpoint",
        jsonPath = ".status.endpoint",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Status",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        type = AdditionalPrinterColumn.Type.STRING)
@ValidationRule(
        value = "oldSelf.hasValue() || (has(self.spec.name) && self.spec.name != '') || size(self.metadata.name) <= 63"
                + " && !self.metadata.name.matches('microsoft|windows|[.]')",
        message =
                "metadata.name is none that Azure takes for a managed cluster (at most 63 characters, no dots, neither"
                        + " microsoft nor windows): set spec.name to one that is",
        optionalOldSelf = true)
public class ManagedControlPlane extends CustomResource<ManagedControlPlaneSpec, ManagedControlPlaneStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1L;
}
