package dev.fleetwright.simulator.aks.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetwright.simulator.aks.model.AgentPool;
import dev.fleetwright.simulator.time.Durations;
import dev.fleetwright.simulator.upgrade.RollingUpgrade;
import dev.fleetwright.simulator.upgrade.SurgePlan;
import dev.fleetwright.simulator.upgrade.Undrainable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Rolling upgrades: machines that are not of their pool's model are made anew, by the pool's upgrade settings. */
final class Upgrades {
    /**
     * What a pool's {@code upgradeSettings} come to for its present size.
     *
     * @param spot whether machines are given notice instead of being drained (documented)
     */
    record Settings(
            SurgePlan plan, Undrainable undrainable, int maxBlocked, Duration drainLimit, Duration soak, boolean spot) {
        static Settings of(AgentPool pool, boolean scheduleStops) {
            JsonNode settings = pool.property("upgradeSettings");
            boolean spot = pool.property("scaleSetPriority").asText().equals("Spot");
            int nodes = pool.members().size();
            String unavailable = settings.path("maxUnavailable").asText("0");
            SurgePlan plan = spot
                    ? SurgePlan.spot(unavailable, nodes)
                    : SurgePlan.of(settings.path("maxSurge").asText("10%"), unavailable, nodes);
            return new Settings(
                    plan,
                    Undrainable.read(settings.path("undrainableNodeBehavior").asText("Schedule"), scheduleStops),
                    SurgePlan.blocked(settings.path("maxBlockedNodes").asText(""), plan, nodes),
                    Duration.ofMinutes(
                            settings.path("drainTimeoutInMinutes").asLong(Durations.UPGRADE_DRAIN_LIMIT.toMinutes())),
                    Duration.ofMinutes(
                            settings.path("nodeSoakDurationInMinutes").asLong(0)),
                    spot);
        }

        Settings inPlace() {
            return new Settings(plan.inPlace(), undrainable, maxBlocked, drainLimit, soak, spot);
        }
    }

    private final Workshop workshop;
    private final MachineWork machines;
    private final boolean scheduleStops;

    Upgrades(Workshop workshop, MachineWork machines, boolean scheduleStops) {
        this.workshop = workshop;
        this.machines = machines;
        this.scheduleStops = scheduleStops;
    }

    /** Does what is left of the pool's upgrade; nothing when every machine is of its model. */
    CompletionStage<Void> roll(Job job, AgentPool pool) {
        return roll(job, pool, settings -> settings);
    }

    /** The same without surge nodes, whatever the pool says about them. */
    CompletionStage<Void> rollInPlace(Job job, AgentPool pool) {
        return roll(job, pool, Settings::inPlace);
    }

    private CompletionStage<Void> roll(Job job, AgentPool pool, UnaryOperator<Settings> change) {
        boolean needed = job.locked(() -> {
            if (pool.outdated().isEmpty() && pool.machines().stream().noneMatch(UpgradeRun::unfinished)) {
                return false;
            }
            begin(job, pool);
            return true;
        });
        if (!needed) {
            return CompletableFuture.completedFuture(null);
        }
        Settings settings = change.apply(job.locked(() -> Settings.of(pool, scheduleStops)));
        var upgrade = new RollingUpgrade(settings.undrainable(), settings.maxBlocked());
        return new UpgradeRun(job, pool, settings, upgrade, workshop, machines).start();
    }

    /** A new operation tries again what an earlier one could not drain; one that is taken up again does not. */
    private void begin(Job job, AgentPool pool) {
        var _ = job.operation().step("upgrade of " + pool.name(), () -> {
            pool.machines().forEach(machine -> pool.put(machine.asMember()));
            return workshop.now();
        });
    }
}
