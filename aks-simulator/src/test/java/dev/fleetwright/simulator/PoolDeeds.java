package dev.fleetwright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetwright.simulator.Deed.Condition;
import dev.fleetwright.simulator.InProcess.Outcome;
import dev.fleetwright.simulator.ReferenceFleet.Pool;
import dev.fleetwright.simulator.ReferenceModel.PoolWish;
import java.util.Optional;

/** Deeds on agent pools: asked of the simulator, and entered into the model when they are accepted. */
final class PoolDeeds {
    private final Stage stage;
    private final ReferenceModel model;

    PoolDeeds(Stage stage) {
        this.stage = stage;
        this.model = stage.model;
    }

    void put(Deed.PutPool deed) {
        var wish = new PoolWish(deed.count(), deed.system(), "");
        put(deed.cluster(), deed.pool(), wish, body(wish), deed.condition());
    }

    void upgrade(Deed.UpgradePool deed) {
        var wish = model.pool(deed.cluster(), deed.pool())
                .map(pool -> new PoolWish(pool.count, pool.system, deed.version()))
                .orElse(new PoolWish(1, false, deed.version()));
        boolean exists = model.pool(deed.cluster(), deed.pool()).isPresent();
        String body = exists ? Bench.properties("'orchestratorVersion':'" + deed.version() + "'") : body(wish);
        put(deed.cluster(), deed.pool(), wish, body, deed.condition());
    }

    private static String body(PoolWish wish) {
        String version = wish.version().isEmpty() ? "" : ",'orchestratorVersion':'" + wish.version() + "'";
        return Bench.properties("'mode':'" + (wish.system() ? "System" : "User") + "','count':" + wish.count()
                + ",'vmSize':'Standard_D4s_v5'" + version);
    }

    private void put(String cluster, String name, PoolWish wish, String body, Condition condition) {
        int status = model.putPool(cluster, name, wish, condition);
        String[] headers = stage.headers(condition, cluster, name);
        Outcome outcome = stage.call(status, "PUT", Stage.path(cluster, name), body, headers);
        if (status >= 400) {
            return;
        }
        Optional<Pool> existing = model.pool(cluster, name);
        String version = ReferenceModel.version(model.clusters.get(cluster), existing, wish);
        if (status == 201) {
            model.clusters.get(cluster).pools.put(name, new Pool(wish.count(), wish.system(), version));
            model.begunOnPool(cluster, name, "create agentpool", "Creating", outcome.operation());
        } else {
            Pool pool = existing.orElseThrow();
            boolean upgrade = !pool.version.equals(version);
            String state = upgrade ? "Upgrading" : pool.count == wish.count() ? "Updating" : "Scaling";
            pool.count = wish.count();
            pool.system = wish.system();
            pool.version = version;
            pool.rolled &= !upgrade;
            model.begunOnPool(cluster, name, "update agentpool", state, outcome.operation());
        }
    }

    void delete(Deed.DeletePool deed) {
        int status = model.deletePool(deed);
        var joined = model.pool(deed.cluster(), deed.pool())
                .filter(p -> p.state.equals("Deleting"))
                .map(p -> p.work);
        Outcome outcome = stage.call(
                status,
                "DELETE",
                Stage.path(deed.cluster(), deed.pool()),
                "",
                stage.headers(deed.condition(), deed.cluster(), deed.pool()));
        if (status == 202 && joined.isPresent()) {
            assertThat(outcome.operation()).isEqualTo(joined.get().url());
        } else if (status == 202) {
            model.begunOnPool(deed.cluster(), deed.pool(), "delete agentpool", "Deleting", outcome.operation());
        }
    }

    void abort(Deed.AbortPool deed) {
        int status = model.abortPool(deed);
        stage.call(status, "POST", Stage.path(deed.cluster(), deed.pool()) + "/abort", "");
        if (status == 202) {
            model.pool(deed.cluster(), deed.pool()).orElseThrow().state = "Canceling";
        }
    }

    void delete(Deed.DeleteMachine deed) {
        var pool = model.pool(deed.cluster(), deed.pool());
        var machines = stage.machines(deed.cluster(), deed.pool());
        if (pool.isEmpty() || machines.size() < 2 || pool.get().count != machines.size()) {
            return;
        }
        int status = model.deleteMachine(deed);
        String first = machines.stream().sorted().findFirst().orElseThrow();
        Outcome outcome = stage.call(
                status,
                "POST",
                Stage.path(deed.cluster(), deed.pool()) + "/deleteMachines",
                "{'machineNames':['" + first + "']}");
        if (status == 202) {
            pool.get().count--;
            model.begunOnPool(deed.cluster(), deed.pool(), "delete machines", "Updating", outcome.operation());
        }
    }
}
