package dev.fleetwright.core.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Map;
import java.util.Objects;

/**
 * Which changes of the object itself are worth a pass: the spec (generation), deletion, annotations and labels (pause,
 * adoption, hooks), finalizers and owners (so that stripped ones come back). Status writes, ours first of all, are not.
 */
record PrimaryChanges<R extends HasMetadata>(Trigger trigger) implements OnUpdateFilter<R> {

    @Override
    public boolean accept(R now, R before) {
        var a = now.getMetadata();
        var b = before.getMetadata();
        if (!Objects.equals(Gate.retryNow(a), Gate.retryNow(b))) {
            trigger.retryNow(ObjectKey.of(now));
        }
        return !Objects.equals(a.getUid(), b.getUid())
                || !Objects.equals(a.getGeneration(), b.getGeneration())
                || !Objects.equals(a.getDeletionTimestamp(), b.getDeletionTimestamp())
                || !Objects.equals(a.getFinalizers(), b.getFinalizers())
                || !Objects.equals(a.getOwnerReferences(), b.getOwnerReferences())
                || !nonNull(a.getAnnotations()).equals(nonNull(b.getAnnotations()))
                || !nonNull(a.getLabels()).equals(nonNull(b.getLabels()));
    }

    @SuppressWarnings("ConstantValue") // unannotated API: absent maps come as null
    private static Map<String, String> nonNull(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
