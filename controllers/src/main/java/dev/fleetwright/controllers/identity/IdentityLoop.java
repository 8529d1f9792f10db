package dev.fleetwright.controllers.identity;

import dev.fleetwright.api.v1alpha1.AzureClusterIdentity;
import dev.fleetwright.api.v1alpha1.AzureClusterIdentityStatus;
import dev.fleetwright.controllers.azureaccess.Paces;
import dev.fleetwright.controllers.fleet.Fleet;
import dev.fleetwright.controllers.identity.IdentityLoop.Seen;
import dev.fleetwright.controllers.identity.IdentityLoop.Step;
import dev.fleetwright.core.condition.Conditions;
import dev.fleetwright.core.reconcile.Loop;
import dev.fleetwright.core.reconcile.Next;
import dev.fleetwright.core.reconcile.ObjectKey;
import dev.fleetwright.core.reconcile.Pass;
import dev.fleetwright.core.reconcile.Report;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds the Secret of an identity while a control plane acts with it, and the identity too; for living and deleted ones. */
final class IdentityLoop implements Loop<AzureClusterIdentity, AzureClusterIdentityStatus, Seen, Step, Step> {
    /**
     * What is seen.
     *
     * @param users control planes that act with it, deleting ones included
     * @param needsSecret whether its type takes a Secret
     * @param secret that Secret, when it exists
     * @param sharedInUse whether another identity in use names the same Secret
     * @param left Secrets of the namespace that are held although no identity names them any more
     */
    record Seen(int users, boolean needsSecret, Optional<Secret> secret, boolean sharedInUse, List<Secret> left) {}

    /** What is to be done. */
    enum Step {
        HOLD_SECRET,
        RELEASE_SECRET,
        RELEASE_LEFT,
        SECRET_MISSING,
        IN_USE,
        NOT_IN_USE
    }

    private final Fleet fleet;
    private final HeldSecrets secrets;
    private final Paces paces;

    IdentityLoop(Fleet fleet, Paces paces) {
        this.fleet = fleet;
        this.secrets = new HeldSecrets(fleet.client());
        this.paces = paces;
    }

    @Override
    public Seen observe(Pass<AzureClusterIdentity, AzureClusterIdentityStatus> pass) {
        Optional<ObjectKey> secret = IdentityHold.secretOf(pass.resource());
        boolean shared = secret.isPresent()
                && fleet.identities().all().stream()
                        .filter(other -> !ObjectKey.of(other).equals(pass.key()))
                        .filter(other -> IdentityHold.secretOf(other).equals(secret))
                        .anyMatch(other -> !fleet.usersOf(ObjectKey.of(other)).isEmpty());
        return new Seen(
                fleet.usersOf(pass.key()).size(),
                secret.isPresent(),
                secret.flatMap(secrets::read),
                shared,
                left(pass, secret));
    }

    /** An edit of the identity can leave a Secret behind that it named before. */
    private List<Secret> left(Pass<AzureClusterIdentity, AzureClusterIdentityStatus> pass, Optional<ObjectKey> secret) {
        Set<ObjectKey> named = fleet.identities().all().stream()
                .filter(other -> !ObjectKey.of(other).equals(pass.key()))
                .flatMap(other -> IdentityHold.secretOf(other).stream())
                .collect(Collectors.toSet());
        secret.ifPresent(named::add);
        return fleet.credentials().all().stream()
                .filter(held ->
                        held.getMetadata().getNamespace().equals(pass.key().namespace()))
                .filter(IdentityHold::holds)
                .filter(held -> !named.contains(ObjectKey.of(held)))
                .toList();
    }

    @Override
    public Step decide(Pass<AzureClusterIdentity, AzureClusterIdentityStatus> pass, Seen seen) {
        boolean held = seen.secret().filter(IdentityHold::holds).isPresent();
        boolean labelled = seen.secret().filter(HeldSecrets::labelled).isPresent();
        if (!seen.left().isEmpty()) {
            return Step.RELEASE_LEFT;
        }
        if (seen.users() == 0) {
            return held && !seen.sharedInUse() ? Step.RELEASE_SECRET : Step.NOT_IN_USE;
        }
        if (seen.needsSecret() && seen.secret().isEmpty()) {
            return Step.SECRET_MISSING;
        }
        return !seen.needsSecret() || (held && labelled) ? Step.IN_USE : Step.HOLD_SECRET;
    }

    @Override
    public Step act(Pass<AzureClusterIdentity, AzureClusterIdentityStatus> pass, Seen seen, Step step) {
        switch (step) {
            case HOLD_SECRET -> seen.secret().ifPresent(secrets::hold);
            case RELEASE_SECRET -> seen.secret().ifPresent(secrets::release);
            case RELEASE_LEFT -> secrets.release(seen.left().getFirst());
            case SECRET_MISSING, IN_USE, NOT_IN_USE -> {}
        }
        return step;
    }

    @Override
    public Report<AzureClusterIdentityStatus> report(
            Pass<AzureClusterIdentity, AzureClusterIdentityStatus> pass, Seen seen, Step step, Step done) {
        Conditions conditions = pass.conditions();
        boolean deleting = pass.deleting();
        return switch (step) {
            case SECRET_MISSING -> {
                String name = IdentityHold.secretOf(pass.resource())
                        .map(ObjectKey::toString)
                        .orElse("");
                yield new Report<>(
                        pass.status(),
                        conditions.setFalse(
                                Conditions.READY, "SecretMissing", "Secret " + name + " does not exist: create it"),
                        Next.after(paces.line(), "the Secret"));
            }
            case RELEASE_LEFT ->
                new Report<>(pass.status(), conditions, Next.after(paces.line(), "the Secret that was named before"));
            case HOLD_SECRET, IN_USE ->
                new Report<>(
                        pass.status(),
                        inUse(conditions, deleting),
                        step == Step.IN_USE && !deleting ? Next.done() : Next.after(paces.line(), "in use"));
            case RELEASE_SECRET, NOT_IN_USE ->
                new Report<>(
                        pass.status(),
                        conditions.ready("Healthy", "not in use"),
                        deleting ? Next.cleaned() : Next.done());
        };
    }

    private static Conditions inUse(Conditions conditions, boolean deleting) {
        Conditions ready = conditions.ready("Healthy", "in use");
        return deleting
                ? ready.setTrue(Conditions.DELETING, "InUse", "kept until the last control plane that uses it has gone")
                : ready;
    }
}
