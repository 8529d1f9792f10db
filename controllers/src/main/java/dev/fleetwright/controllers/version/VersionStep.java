package dev.fleetwright.controllers.version;

import dev.fleetwright.api.KubernetesVersion;
import java.util.Optional;

/** What a wanted version asks of what runs. */
public sealed interface VersionStep {
    /** Nothing to do. */
    record Met() implements VersionStep {}

    /** The step up that AKS takes. */
    record Up(String target) implements VersionStep {}

    /** Not now: something else has to be upgraded first. */
    record NotYet(String message) implements VersionStep {}

    /** AKS does not do it; the message names what to change. */
    record Refused(String message) implements VersionStep {}

    /**
     * For a control plane, which goes up one minor at a time.
     *
     * @param running the version that runs; empty when Azure did not say, which refuses nothing and changes nothing
     * @param upgradesItself whether an auto-upgrade channel is on: then a newer patch than the wanted one is no downgrade
     */
    static VersionStep ofControlPlane(String wanted, Optional<String> running, boolean upgradesItself) {
        Optional<KubernetesVersion> want = KubernetesVersion.tryParse(wanted);
        Optional<KubernetesVersion> run = running.flatMap(KubernetesVersion::tryParse);
        if (want.isEmpty() || run.isEmpty() || want.get().admits(run.get())) {
            return new Met();
        }
        KubernetesVersion w = want.get();
        KubernetesVersion r = run.get();
        if (w.isBelow(r)) {
            return upgradesItself && w.sameMinor(r) ? new Met() : downgrade(w, r);
        }
        return w.minorsAbove(r) > 1
                ? new Refused(
                        "spec.version %s is more than one minor above the running %s: set spec.version to %d.%d first"
                                .formatted(w, r, r.major(), r.minor() + 1))
                : new Up(w.toString());
    }

    /**
     * For an agent pool, which goes at most as far as its control plane.
     *
     * @param wanted empty text: the pool's version is not ours
     */
    static VersionStep ofPool(String wanted, Optional<String> running, Optional<String> controlPlane) {
        Optional<KubernetesVersion> want = KubernetesVersion.tryParse(wanted);
        Optional<KubernetesVersion> run = running.flatMap(KubernetesVersion::tryParse);
        Optional<KubernetesVersion> limit = controlPlane.flatMap(KubernetesVersion::tryParse);
        if (want.isEmpty() || run.filter(want.get()::admits).isPresent()) {
            return new Met();
        }
        KubernetesVersion w = want.get();
        if (run.filter(w::isBelow).isPresent()) {
            return downgrade(w, run.get());
        }
        if (limit.filter(c -> !w.admits(c) && !w.isBelow(c)).isPresent()) {
            return new NotYet(
                    "version %s waits until the control plane, now at %s, is there".formatted(w, limit.get()));
        }
        return new Up(w.toString());
    }

    private static Refused downgrade(KubernetesVersion wanted, KubernetesVersion running) {
        return new Refused("spec.version %s is below the running %s, and AKS cannot go back: set spec.version to %s"
                .formatted(wanted, running, running));
    }
}
