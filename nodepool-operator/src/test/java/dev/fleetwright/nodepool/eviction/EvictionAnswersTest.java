package dev.fleetwright.nodepool.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class EvictionAnswersTest {
    @Test
    void aClosedBudgetIsToldFromOneThatIsNotProcessedYet() {
        String cause =
                "\"causes\": [{\"reason\": \"DisruptionBudget\", \"message\": \"The disruption budget p needs 3 healthy"
                        + " pods and has 3 currently\"}]";
        assertThat(answer(429, "{\"details\": {" + cause + "}}"))
                .isEqualTo(new EvictionAnswer.BudgetClosed(
                        "The disruption budget p needs 3 healthy pods and has 3 currently"));
        assertThat(answer(429, "{\"details\": {" + cause + ", \"retryAfterSeconds\": 10}}"))
                .isInstanceOf(EvictionAnswer.Later.class);
    }

    @Test
    void twoBudgetsAreKnownByTheirMessageAlone() {
        assertThat(answer(
                        500,
                        "{\"message\": \"This pod has more than one PodDisruptionBudget, which the eviction"
                                + " subresource does not support.\"}"))
                .isInstanceOf(EvictionAnswer.SeveralBudgets.class);
        assertThat(answer(500, "{\"message\": \"etcd is sad\"}")).isInstanceOf(EvictionAnswer.Refused.class);
    }

    @Test
    void goneAndReplacedPodsAreDone() {
        assertThat(answer(404, "{}")).isEqualTo(new EvictionAnswer.Gone("404"));
        assertThat(answer(409, "{}")).isEqualTo(new EvictionAnswer.Gone("409"));
        assertThat(answer(201, "{}")).isEqualTo(new EvictionAnswer.Accepted());
        assertThat(answer(403, "{}")).isInstanceOf(EvictionAnswer.Refused.class);
        assertThat(answer(504, "{}")).isInstanceOf(EvictionAnswer.Later.class);
    }

    private static EvictionAnswer answer(int code, String status) {
        return EvictionAnswers.of(code, Serialization.unmarshal(status, Status.class));
    }
}
