package dev.fleetwright.core.reconcile;

import dev.fleetwright.core.status.Statuses;
import dev.fleetwright.core.status.WriteResult;
import dev.fleetwright.core.widget.Widget;
import dev.fleetwright.core.widget.WidgetStatus;
import java.util.Map;

/** One widget in memory, with versions and conflicts as the API server has them. */
final class FakeStatuses implements Statuses<Widget, WidgetStatus> {

    private final Widget stored;
    int writes;
    boolean gone;

    FakeStatuses(Widget stored) {
        this.stored = stored;
        stored.getMetadata().setUid("uid-1");
        stored.getMetadata().setGeneration(1L);
        stored.getMetadata().setResourceVersion("1");
    }

    /** As it would be read now. */
    Widget read() {
        var meta = stored.getMetadata();
        var copy = Widget.named(
                meta.getNamespace(), meta.getName(), stored.getSpec().colour());
        copy.setMetadata(meta.edit().build());
        copy.setStatus(stored.getStatus());
        return copy;
    }

    void editSpec() {
        stored.getMetadata().setGeneration(stored.getMetadata().getGeneration() + 1);
        bump();
    }

    void annotate(String key, String value) {
        stored.getMetadata().setAnnotations(Map.of(key, value));
        bump();
    }

    WidgetStatus status() {
        return stored.getStatus();
    }

    @Override
    public Widget freshest(Widget cached) {
        return cached;
    }

    @Override
    public WriteResult write(Widget read, WidgetStatus status) {
        if (gone) {
            return WriteResult.GONE;
        }
        if (status.equals(read.getStatus())) {
            return WriteResult.UNCHANGED;
        }
        if (!read.getMetadata().getResourceVersion().equals(stored.getMetadata().getResourceVersion())) {
            return WriteResult.CONFLICT;
        }
        stored.setStatus(status);
        writes++;
        bump();
        return WriteResult.WRITTEN;
    }

    @Override
    public void forget(Widget resource) {}

    private void bump() {
        long version = Long.parseLong(stored.getMetadata().getResourceVersion()) + 1;
        stored.getMetadata().setResourceVersion(Long.toString(version));
    }
}
