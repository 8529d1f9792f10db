package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.nodepool.drain.BudgetView;
import dev.fleetwright.nodepool.drain.PodView;
import dev.fleetwright.nodepool.drain.Selector;
import dev.fleetwright.nodepool.eviction.EvictionAnswer;
import dev.fleetwright.nodepool.node.Marks;
import dev.fleetwright.nodepool.node.NodeView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A workload cluster in memory: kubelets, scheduler, the controllers of ReplicaSets, StatefulSets and budgets, and the
 * eviction API with the rules of the real one. Judges every eviction as it is accepted.
 */
final class SimCluster implements Actions.Cluster {
    static final String NAMESPACE = "shop";

    /** A workload. */
    record Owner(String kind, String name, int replicas, int readyAfter, int minAvailable) {
        boolean budget() {
            return minAvailable >= 0;
        }
    }

    private final RandomGenerator random;
    private final Map<String, NodeView> nodes = new TreeMap<>();
    private final Map<String, PodView> pods = new TreeMap<>();
    private final Map<String, Instant> turns = new HashMap<>();
    private final Map<String, BudgetView> budgets = new TreeMap<>();
    private final List<Owner> owners = new ArrayList<>();
    private final List<Workload> history = new ArrayList<>();
    private final Map<String, Instant> born = new HashMap<>();
    private final int[] shown = new int[3];
    private int serial;

    /** What an observer of the API server would find. */
    final List<PodView> evicted = new ArrayList<>();

    final Set<String> touched = new HashSet<>();
    /** Nodes that came after the cordons: a moved pod may have landed there before we saw them. */
    final Set<String> late = new HashSet<>();

    final List<String> faults = new ArrayList<>();
    Instant now;
    Instant firstEviction = Instant.MAX;

    SimCluster(RandomGenerator random, Instant now) {
        this.random = random;
        this.now = now;
    }

    void add(NodeView node) {
        nodes.put(node.name(), node);
    }

    void remove(String node) {
        nodes.remove(node);
        pods.values().removeIf(pod -> pod.node().equals(node));
    }

    void add(Owner owner) {
        owners.add(owner);
        if (owner.budget()) {
            String path = NAMESPACE + "/" + owner.name();
            budgets.put(
                    path,
                    new BudgetView(
                            NAMESPACE,
                            owner.name(),
                            "0",
                            Selector.of(Map.of("app", owner.name())),
                            0,
                            0,
                            0,
                            0,
                            true,
                            false,
                            Set.of()));
        }
    }

    Map<String, NodeView> nodes() {
        return nodes;
    }

    List<PodView> livePods() {
        return List.copyOf(pods.values());
    }

    /** One second passes. */
    void tick() {
        now = now.plusSeconds(1);
        pods.values().removeIf(pod -> pod.terminating() && due(pod));
        for (Owner owner : owners) {
            replace(owner);
        }
        List<NodeView> open =
                nodes.values().stream().filter(NodeView::takesPods).toList();
        for (PodView pod : livePods()) {
            if (pod.node().isEmpty() && !open.isEmpty()) {
                String node = open.get(random.nextInt(open.size())).name();
                put(with(pod, node, pod.phase(), false, pod.deletionTimestamp()));
                turns.put(pod.uid(), now.plusSeconds(ownerOf(pod).readyAfter()));
            } else if (!pod.node().isEmpty() && !pod.ready() && !pod.terminating() && due(pod)) {
                put(with(pod, pod.node(), "Running", true, null));
            }
        }
        budgets.keySet().stream().toList().forEach(path -> {
            if (random.nextInt(10) < 7) {
                settle(path);
            }
        });
        history.add(snapshot());
    }

    /** What the caches show: each kind lags by itself, and none goes back to what it showed before. */
    Workload cache(int lagAtMost, RandomGenerator lag) {
        int latest = history.size() - 1;
        for (int kind = 0; kind < shown.length; kind++) {
            int from = Math.max(shown[kind], latest - lagAtMost);
            shown[kind] = from + lag.nextInt(latest - from + 1);
        }
        return new Workload(
                history.get(shown[0]).nodes(),
                history.get(shown[1]).pods(),
                history.get(shown[2]).budgets(),
                Set.of(),
                history.get(shown[1]).sizes());
    }

    @Override
    public EvictionAnswer evict(PodView asked) {
        PodView pod = pods.get(asked.path());
        if (pod == null) {
            return new EvictionAnswer.Gone("404");
        }
        String path = NAMESPACE + "/" + ownerOf(pod).name();
        BudgetView budget = budgets.get(path);
        if (budget != null && !pod.terminating() && !pod.pending()) {
            boolean free = !pod.ready() && budget.present() >= budget.needed() && budget.needed() > 0;
            if (!free && budget.allowed() <= 0) {
                return new EvictionAnswer.BudgetClosed("needs " + budget.needed() + " healthy");
            }
            if (!pod.uid().equals(asked.uid())) {
                return new EvictionAnswer.Gone("409");
            }
            if (!free) {
                Set<String> disrupted = new HashSet<>(budget.disrupted());
                disrupted.add(pod.name());
                budgets.put(path, with(budget, budget.allowed() - 1, budget.present(), disrupted));
            }
        }
        if (!pod.uid().equals(asked.uid())) {
            return new EvictionAnswer.Gone("409");
        }
        judge(pod);
        evicted.add(pod);
        if (!pod.terminating()) {
            firstEviction = firstEviction.equals(Instant.MAX) ? now : firstEviction;
            put(with(pod, pod.node(), pod.phase(), pod.ready(), now.plusSeconds(30)));
            turns.put(pod.uid(), now.plusSeconds(1 + random.nextInt(4)));
        }
        return new EvictionAnswer.Accepted();
    }

    @Override
    public EvictionAnswer delete(PodView pod, int graceSeconds) {
        faults.add("deleted past its budget: " + pod.path());
        return new EvictionAnswer.Accepted();
    }

    @Override
    public Optional<PodView> pod(String namespace, String name) {
        return Optional.ofNullable(pods.get(namespace + "/" + name));
    }

    @Override
    public List<PodView> podsOn(String node) {
        return livePods().stream().filter(pod -> pod.node().equals(node)).toList();
    }

    @Override
    public List<NodeView> nodesOf(String agentPool) {
        return nodes.values().stream()
                .filter(node -> node.agentPool().equals(agentPool))
                .toList();
    }

    @Override
    public boolean mark(NodeView node, String replacementUid) {
        return look(node, Marks.put(nodes.getOrDefault(node.name(), node), replacementUid));
    }

    @Override
    public boolean unmark(NodeView node) {
        return look(node, Marks.remove(nodes.getOrDefault(node.name(), node)));
    }

    private boolean look(NodeView node, Optional<Marks.Look> wanted) {
        NodeView live = nodes.get(node.name());
        if (live == null || !live.uid().equals(node.uid()) || wanted.isEmpty()) {
            return false;
        }
        Marks.Look look = wanted.get();
        touched.add(live.uid());
        nodes.put(
                live.name(),
                new NodeView(
                        live.name(),
                        live.uid(),
                        live.providerID(),
                        live.labels(),
                        look.annotations(),
                        look.taints(),
                        live.ready(),
                        look.unschedulable()));
        return true;
    }

    /** The laws, checked against the truth at the moment of the eviction. */
    private void judge(PodView pod) {
        NodeView node = nodes.get(pod.node());
        if (node == null || !node.unschedulable()) {
            faults.add("evicted from a node that is not cordoned: " + pod.path());
        } else {
            touched.add(node.uid());
        }
        if (evicted.stream().anyMatch(e -> e.uid().equals(pod.uid()))) {
            faults.add("evicted twice: " + pod.path());
        }
        if (born.getOrDefault(pod.uid(), now).isAfter(firstEviction) && !late.contains(pod.node())) {
            faults.add("a pod that was moved is moved again: " + pod.path());
        }
        Owner owner = ownerOf(pod);
        if (pod.ready()) {
            long serving = livePods().stream()
                    .filter(p -> ownerOf(p).equals(owner) && p.serves())
                    .count();
            long away = owner.replicas() - serving;
            if (owner.budget() && serving - 1 < owner.minAvailable()) {
                faults.add("beyond the budget of " + owner.name());
            }
            if (owner.kind().equals("StatefulSet") && away > 0) {
                faults.add("a second pod of " + owner.name() + " is away");
            }
            if (!owner.budget() && away >= Math.max(1, owner.replicas() / 4)) {
                faults.add("too many pods of " + owner.name() + " are away");
            }
        }
    }

    private void replace(Owner owner) {
        List<PodView> own =
                livePods().stream().filter(p -> ownerOf(p).equals(owner)).toList();
        if (owner.kind().equals("StatefulSet")) {
            for (int i = 0; i < owner.replicas(); i++) {
                String name = owner.name() + "-" + i;
                Optional<PodView> there =
                        own.stream().filter(p -> p.name().equals(name)).findFirst();
                if (there.isEmpty()) {
                    create(owner, name);
                    return;
                }
                if (!there.get().serves()) {
                    return;
                }
            }
            return;
        }
        long live = own.stream().filter(p -> !p.terminating()).count();
        for (long i = live; i < owner.replicas(); i++) {
            create(owner, owner.name() + "-" + serial);
        }
    }

    private void create(Owner owner, String name) {
        String uid = "pod-" + serial++;
        born.put(uid, now);
        put(new PodView(
                NAMESPACE,
                name,
                uid,
                "",
                Map.of("app", owner.name()),
                new PodView.Owner(owner.kind(), owner.name(), "uid-" + owner.name()),
                "Pending",
                false,
                null,
                30,
                false,
                false));
    }

    private void settle(String path) {
        BudgetView budget = budgets.get(path);
        Owner owner = owners.stream()
                .filter(o -> o.name().equals(budget.name()))
                .findFirst()
                .orElseThrow();
        List<PodView> own =
                livePods().stream().filter(p -> ownerOf(p).equals(owner)).toList();
        Set<String> disrupted = new HashSet<>(budget.disrupted());
        // Only the very pod counts, as the real controller's expiry has it: a StatefulSet's next pod has the same name.
        disrupted.removeIf(name -> own.stream()
                .noneMatch(p -> p.name().equals(name)
                        && !p.terminating()
                        && evicted.stream().anyMatch(e -> e.uid().equals(p.uid()))));
        int healthy = (int) own.stream()
                .filter(p -> p.serves() && !disrupted.contains(p.name()))
                .count();
        BudgetView next = new BudgetView(
                budget.namespace(),
                budget.name(),
                budget.resourceVersion(),
                budget.selector(),
                Math.max(0, healthy - owner.minAvailable()),
                owner.minAvailable(),
                healthy,
                owner.replicas(),
                true,
                false,
                disrupted);
        if (!next.equals(budget)) {
            budgets.put(path, with(next, next.allowed(), next.present(), disrupted));
        }
    }

    private BudgetView with(BudgetView budget, int allowed, int present, Set<String> disrupted) {
        return new BudgetView(
                budget.namespace(),
                budget.name(),
                String.valueOf(serial++),
                budget.selector(),
                allowed,
                budget.needed(),
                present,
                budget.expected(),
                true,
                false,
                disrupted);
    }

    private Workload snapshot() {
        Map<String, Integer> sizes = new HashMap<>();
        owners.forEach(owner -> sizes.put("uid-" + owner.name(), owner.replicas()));
        return new Workload(List.copyOf(nodes.values()), livePods(), List.copyOf(budgets.values()), Set.of(), sizes);
    }

    private Owner ownerOf(PodView pod) {
        return owners.stream()
                .filter(owner -> owner.name().equals(pod.labels().get("app")))
                .findFirst()
                .orElseThrow();
    }

    private boolean due(PodView pod) {
        return !now.isBefore(turns.getOrDefault(pod.uid(), now.plus(Duration.ofDays(1))));
    }

    private void put(PodView pod) {
        pods.put(pod.path(), pod);
    }

    private static PodView with(PodView pod, String node, String phase, boolean ready, Instant deletion) {
        return new PodView(
                pod.namespace(),
                pod.name(),
                pod.uid(),
                node,
                pod.labels(),
                pod.owner(),
                phase,
                ready,
                deletion,
                pod.graceSeconds(),
                pod.critical(),
                pod.mirror());
    }
}
