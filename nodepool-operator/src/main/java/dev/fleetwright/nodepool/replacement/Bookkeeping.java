package dev.fleetwright.nodepool.replacement;

import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.EvictionIntent;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.JournalEntry;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.PlannedNode;
import dev.fleetwright.api.v1alpha1.NodepoolReplacementStatus.Progress;
import dev.fleetwright.nodepool.drain.DrainMemory;
import dev.fleetwright.nodepool.drain.Eviction;
import dev.fleetwright.nodepool.drain.PodView;
import dev.fleetwright.nodepool.eviction.EvictionAnswer;
import dev.fleetwright.nodepool.eviction.Refusals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What status and memory become after a step. Pure. */
public final class Bookkeeping {
    private static final int MOST_ENTRIES = 200;
    private static final int MOST_BLOCKED = 50;

    private final Instant now;
    private NodepoolReplacementStatus status;
    private RunMemory memory;

    private Bookkeeping(Observation seen) {
        this.now = seen.now();
        this.status = seen.status();
        this.memory = seen.memory();
    }

    /** Status and memory after a step. */
    public record Books(NodepoolReplacementStatus status, RunMemory memory) {}

    /** Writes down what came of the step. */
    public static Books after(Observation seen, Decision decision, Outcome outcome) {
        Bookkeeping books = new Bookkeeping(seen);
        books.drain(decision);
        books.step(decision.step(), outcome);
        books.count(decision);
        return new Books(books.status, books.memory);
    }

    private void drain(Decision decision) {
        var drain = decision.drain();
        if (drain != null) {
            memory = memory.with(drain.memory());
            var shown = drain.blocked().stream().limit(MOST_BLOCKED).toList();
            status = status.withBlockedPods(shown);
        } else if (!(decision.step() instanceof Step.Send) && !(decision.step() instanceof Step.Resolve)) {
            status = status.withBlockedPods(List.of());
        }
    }

    private void step(Step step, Outcome outcome) {
        switch (step) {
            case Step.Wait wait -> {}
            case Step.Enter(Phase phase) -> enter(phase);
            case Step.NextBatch(int batch) -> {
                journal("DrainBatch", "batch " + batch, null, "");
                batch(batch);
                enter(Phase.DRAINING);
            }
            case Step.Plan(List<PlannedNode> nodes) -> status = status.withNodes(nodes);
            case Step.Fence fence ->
                journal("FenceAutoscaler", fence.source().getSpec().name(), uidOf(fence.source()), "");
            case Step.CreateTarget create -> journal("CreatePool", create.spec().name(), null, "");
            case Step.Mark mark -> marked("Cordon", outcome);
            case Step.Unmark unmark -> marked("Uncordon", outcome);
            case Step.Intend(List<Eviction> evictions, Set<String> settled) -> intend(evictions, settled);
            case Step.Send(List<Eviction> evictions, Set<String> dropped) -> sent(evictions, dropped, outcome);
            case Step.Resolve resolve -> resolved(outcome);
            case Step.CheckEmpty check -> listed(outcome);
            case Step.Gone(Set<String> uids) -> nodes(uids, node -> withDrained(node, now));
            case Step.Reopen(Set<String> uids) -> {
                nodes(uids, node -> withDrained(node, null));
                enter(Phase.REPELLING);
            }
            case Step.DeleteSource delete -> {
                if (outcome instanceof Outcome.GateClosed) {
                    enter(Phase.REPELLING);
                } else {
                    journal("DeletePool", delete.source().getSpec().name(), uidOf(delete.source()), "");
                }
            }
            case Step.Unfence unfence ->
                journal("Unfence", unfence.target().getSpec().name(), uidOf(unfence.target()), "");
            case Step.Finish finish -> {
                enter(finish.phase());
                status = status.withResult(finish.result()).withCompletedAt(now);
            }
        }
        if (status.startedAt() == null) {
            status = status.withStartedAt(now);
        }
    }

    private void enter(Phase phase) {
        if (phase == Phase.DRAINING && status.phase() != null && Phase.of(status.phase()) == Phase.REPELLING) {
            // The two lists that prove a node empty count from here: the cordons have been seen.
            nodes(null, node -> node.drainedAt() == null ? withDrained(node, null) : node);
            if (status.progress() == null || status.progress().batch() == null) {
                journal("DrainBatch", "batch 1", null, "");
                batch(1);
            }
        }
        if (!phase.text().equals(status.phase())) {
            status = status.withPhase(phase.text()).withPhaseStartedAt(now);
        }
    }

    private void marked(String action, Outcome outcome) {
        if (outcome instanceof Outcome.Marked(Set<String> nodes) && !nodes.isEmpty()) {
            journal(action, String.join(", ", nodes.stream().sorted().toList()), null, "");
        }
    }

    private void intend(List<Eviction> evictions, Set<String> settled) {
        List<EvictionIntent> intents = new ArrayList<>(status.inFlight());
        intents.removeIf(intent -> settled.contains(intent.uid()));
        for (Eviction eviction : evictions) {
            var pod = eviction.pod();
            intents.add(new EvictionIntent(pod.namespace(), pod.name(), pod.uid(), pod.node()));
        }
        DrainMemory drain = memory.drain();
        for (String uid : settled) {
            drain = drain.settled(uid);
        }
        memory = memory.with(drain).intending(evictions);
        status = status.withInFlight(intents);
        progress(settled.size(), 0);
    }

    private void sent(List<Eviction> evictions, Set<String> dropped, Outcome outcome) {
        List<EvictionIntent> intents = new ArrayList<>(status.inFlight());
        intents.removeIf(intent -> dropped.contains(intent.uid()));
        DrainMemory drain = memory.drain();
        int refused = 0;
        for (Eviction eviction : evictions) {
            String uid = eviction.pod().uid();
            EvictionAnswer answer = outcome instanceof Outcome.Answered answered
                    ? answered.answers().get(uid)
                    : null;
            if (eviction.past()) {
                journal("DeletePod", eviction.pod().path(), uid, "past its deadline");
            }
            if (answer instanceof EvictionAnswer.Accepted) {
                drain = drain.accepted(eviction, now);
            } else if (answer instanceof EvictionAnswer.Gone) {
                intents.removeIf(intent -> intent.uid().equals(uid));
            } else if (answer != null && !(answer instanceof EvictionAnswer.Unknown)) {
                refused++;
                intents.removeIf(intent -> intent.uid().equals(uid));
                var refusal = Refusals.of(answer, eviction, now);
                if (refusal.isPresent()) {
                    drain = drain.refused(eviction, refusal.get());
                }
            }
        }
        memory = memory.with(drain).nothingToSend();
        status = status.withInFlight(intents);
        progress(0, refused);
    }

    /** What left stays written down until the caches show it too: they may be older than the answer. */
    private void resolved(Outcome outcome) {
        if (outcome instanceof Outcome.Resolved(Set<String> leaving, Set<String> untouched)) {
            DrainMemory drain = memory.drain();
            for (EvictionIntent intent : status.inFlight()) {
                if (leaving.contains(intent.uid())) {
                    drain = drain.accepted(evictionOf(intent), now);
                }
            }
            memory = memory.with(drain);
            List<EvictionIntent> intents = new ArrayList<>(status.inFlight());
            intents.removeIf(intent -> untouched.contains(intent.uid()));
            status = status.withInFlight(intents);
        }
    }

    private static Eviction evictionOf(EvictionIntent intent) {
        var pod = new PodView(
                intent.namespace(),
                intent.name(),
                intent.uid(),
                intent.node() == null ? "" : intent.node(),
                Map.of(),
                null,
                "Unknown",
                false,
                null,
                0,
                false,
                false);
        return new Eviction(pod, intent.uid(), "", false);
    }

    private void listed(Outcome outcome) {
        if (outcome instanceof Outcome.Listed(Set<String> empty, Set<String> busy)) {
            nodes(busy, node -> withDrained(node, null));
            nodes(empty, node -> node.emptySince() == null ? withEmpty(node, now) : proven(node));
        }
    }

    private PlannedNode proven(PlannedNode node) {
        Instant first = node.emptySince();
        boolean second = first != null && !now.isBefore(first.plus(Emptying.BETWEEN_LISTS));
        return second ? withDrained(node, now) : node;
    }

    private void count(Decision decision) {
        long drained =
                status.nodes().stream().filter(n -> n.drainedAt() != null).count();
        Progress old = old();
        int moved = Optional.ofNullable(old.podsMoved()).orElse(0);
        var drain = decision.drain();
        int known = old.pods() == null
                ? 0
                : Integer.parseInt(old.pods().substring(old.pods().indexOf('/') + 1));
        int found = Math.max(known, moved + decision.unmoved());
        if (!status.nodes().isEmpty()) {
            status = status.withProgress(new Progress(
                    drained + "/" + status.nodes().size(),
                    moved + "/" + found,
                    drain == null
                            ? old.blocked()
                            : Integer.valueOf(drain.blocked().size()),
                    old.batch(),
                    old.podsMoved(),
                    old.evictionsRefused()));
        }
    }

    private void progress(int moved, int refused) {
        Progress old = old();
        status = status.withProgress(new Progress(
                old.nodes(),
                old.pods(),
                old.blocked(),
                old.batch(),
                Optional.ofNullable(old.podsMoved()).orElse(0) + moved,
                Optional.ofNullable(old.evictionsRefused()).orElse(0) + refused));
    }

    private void batch(int batch) {
        Progress old = old();
        status = status.withProgress(
                new Progress(old.nodes(), old.pods(), old.blocked(), batch, old.podsMoved(), old.evictionsRefused()));
    }

    private Progress old() {
        Progress progress = status.progress();
        return progress == null ? new Progress(null, null, null, null, null, null) : progress;
    }

    private void nodes(@Nullable Collection<String> uids, UnaryOperator<PlannedNode> change) {
        status = status.withNodes(status.nodes().stream()
                .map(node -> uids == null || uids.contains(node.uid()) ? change.apply(node) : node)
                .toList());
    }

    private void journal(String action, String target, @Nullable String uid, String message) {
        List<JournalEntry> entries = new ArrayList<>(status.journal());
        String bounded = target.length() <= 512 ? target : target.substring(0, 511) + "…";
        entries.add(new JournalEntry(now, action, bounded, uid, message.isEmpty() ? null : message));
        status = status.withJournal(entries.subList(Math.max(0, entries.size() - MOST_ENTRIES), entries.size()));
    }

    private static PlannedNode withDrained(PlannedNode node, @Nullable Instant at) {
        return new PlannedNode(
                node.name(),
                node.uid(),
                node.providerID(),
                node.pool(),
                node.batch(),
                at == null ? null : node.emptySince(),
                at);
    }

    private static PlannedNode withEmpty(PlannedNode node, Instant at) {
        return new PlannedNode(node.name(), node.uid(), node.providerID(), node.pool(), node.batch(), at, null);
    }

    private static String uidOf(io.fabric8.kubernetes.api.model.HasMetadata object) {
        return object.getMetadata().getUid();
    }
}
