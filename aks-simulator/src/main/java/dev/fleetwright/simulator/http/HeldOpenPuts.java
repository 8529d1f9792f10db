package dev.fleetwright.simulator.http;

import dev.fleetwright.simulator.time.Timeline;
import java.time.Duration;

/** Answers the PUT of something new late, after its effect: a client that gives up earlier loses the reply (recorded). */
public final class HeldOpenPuts implements Service {
    private final Service service;
    private final Timeline timeline;
    private final Duration held;

    /**
     * A service that is late.
     *
     * @param held Azure time between the effect and the answer
     */
    public HeldOpenPuts(Service service, Timeline timeline, Duration held) {
        this.service = service;
        this.timeline = timeline;
        this.held = held;
    }

    @Override
    public Delivery serve(Call call) {
        Delivery delivery = service.serve(call);
        boolean created = delivery instanceof Delivery.Answer(Reply reply)
                && reply.status() == 201
                && reply.headers().containsKey("Azure-AsyncOperation");
        if (created && call.method().equals("PUT")) {
            timeline.after(held).join();
        }
        return delivery;
    }
}
