package dev.fleetwright.azure.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.azure.PoolSpecs;
import dev.fleetwright.azure.Submitted;
import dev.fleetwright.azure.throttle.ThrottleBudgets;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.testing.VirtualClock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class ArmClientTest {
    private static final String ARM = "https://arm.example";
    private static final String PATH = "/subscriptions/s/things";

    private final ScriptedHttp azure = new ScriptedHttp();
    private final VirtualClock clock = VirtualClock.atNewYear();
    private final ArmClient arm = new ArmClient(
            new ArmPipeline(
                    AzureSettings.fromEnvironment(Map.of("AZURE_RESOURCE_MANAGER_ENDPOINT", ARM), "fleetwright-test/1"),
                    azure,
                    request -> Mono.just(
                            new AccessToken("token", OffsetDateTime.of(2099, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)))),
            new ThrottleBudgets(1),
            clock);

    @Test
    void aListIsReadToItsLastPageEvenWhenThatIsEmpty() {
        azure.answer(200, "{'value':[1,2],'nextLink':'" + ARM + PATH + "?page=2'}")
                .answer(200, "{'value':[3],'nextLink':'" + ARM + PATH + "?page=3'}")
                .answer(200, "{'value':[]}");

        assertThat(arm.list(PATH, "v", "list")).hasSize(3);
    }

    @Test
    void aListThatBreaksOffIsNoList() {
        azure.answer(200, "{'value':[1,2],'nextLink':'" + ARM + PATH + "?page=2'}")
                .answer(503, "")
                .answer(503, "");

        assertThat(refused(() -> arm.list(PATH, "v", "list"))).returns(ErrorCode.TRANSIENT, FleetException::code);
    }

    @Test
    void aPageThatIsNoPageOrLeadsElsewhereOrInACircleStopsEverything() {
        azure.answer(200, "{}");
        assertThat(refused(() -> arm.list(PATH, "v", "list"))).returns(ErrorCode.SAFETY_STOP, FleetException::code);

        azure.answer(200, "{'value':[1],'nextLink':'https://attacker.example/x'}");
        assertThat(refused(() -> arm.list(PATH, "v", "list"))).returns(ErrorCode.SAFETY_STOP, FleetException::code);
        assertThat(azure.requests())
                .allSatisfy(r -> assertThat(r.getUrl().getHost()).isEqualTo("arm.example"));

        azure.answer(200, "{'value':[1],'nextLink':'" + ARM + PATH + "?api-version=v'}");
        assertThat(refused(() -> arm.list(PATH, "v", "list"))).returns(ErrorCode.SAFETY_STOP, FleetException::code);
    }

    @Test
    void aWriteIsNeverRepeated() {
        azure.answer(503, "").silence();

        assertThat(refused(this::put)).returns(ErrorCode.TRANSIENT, FleetException::code);
        assertThat(refused(this::put)).returns(ErrorCode.TRANSIENT, FleetException::code);
        assertThat(azure.requests()).hasSize(2);
    }

    @Test
    void aReadWithoutAnAnswerIsRepeatedOnce() {
        azure.silence().answer(200, "{}").silence().silence();

        assertThat(arm.getURL(ARM + PATH, "read").status()).isEqualTo(200);
        assertThat(refused(() -> arm.getURL(ARM + PATH, "read"))).returns(ErrorCode.TRANSIENT, FleetException::code);
        assertThat(azure.requests()).hasSize(4);
    }

    @Test
    void throttlingIsNeverRepeatedAndHasATimeEvenWhenAzureNamesNone() {
        azure.answer(429, "{'error':{'code':'TooManyRequests'}}", "x-ms-failure-cause", "gateway");

        assertThat(refused(() -> arm.getURL(ARM + PATH, "read")).retryAfter()).contains(Duration.ofSeconds(60));
        assertThat(azure.requests()).hasSize(1);
        assertThat(refused(() -> arm.getURL(ARM + PATH, "read")).code()).isEqualTo(ErrorCode.RATE_LIMITS_EXCEEDED);
        assertThat(azure.requests()).as("held back here").hasSize(1);
    }

    @Test
    void everyCallTellsWhoWeAreAndCarriesAnIdOfItsOwn() {
        azure.answer(200, "{}").answer(200, "{}");
        arm.getURL(ARM + PATH, "read");
        arm.getURL(ARM + PATH, "read");

        assertThat(azure.requests())
                .allSatisfy(r -> assertThat(r.getHeaders().getValue(HttpHeaderName.USER_AGENT))
                        .isEqualTo("fleetwright-test/1"))
                .extracting(r -> r.getHeaders().getValue(HttpHeaderName.X_MS_CLIENT_REQUEST_ID))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void aNameCannotLeaveItsSegmentOfThePath() {
        assertThat(ArmClient.path(PoolSpecs.CLUSTER.agentPool("../x?y#z w")))
                .endsWith("/agentPools/..%2Fx%3Fy%23z%20w");
    }

    @Test
    void anAcceptedWriteTellsItsOperation() {
        azure.answer(
                201,
                "{'properties':{'eTag':'7'}}",
                "Azure-AsyncOperation",
                ARM + "/op?t=1",
                "x-ms-correlation-request-id",
                "c-1");

        assertThat(put().submitted()).isEqualTo(new Submitted(Optional.of(ARM + "/op?t=1"), Optional.of("7"), "c-1"));
    }

    @Test
    void aPollReadsFreeTextAndEveryEnd() {
        assertThat(poll(200, "{'status':'CreatingAgentPool: 0/1 nodes completed'}", "Retry-After", "7"))
                .isEqualTo(new OperationStatus.InProgress(
                        "CreatingAgentPool: 0/1 nodes completed", Optional.of(Duration.ofSeconds(7))));
        assertThat(poll(200, "{'status':'Succeeded'}")).isEqualTo(new OperationStatus.Succeeded());
        assertThat(poll(200, "{'status':'Canceled'}")).isEqualTo(new OperationStatus.Canceled());
        assertThat(poll(404, "{'error':{'code':'NotFound'}}")).isEqualTo(new OperationStatus.Expired());
        assertThat(poll(202, "", "Retry-After", "Thu, 01 Jan 2026 00:00:15 GMT"))
                .isEqualTo(new OperationStatus.InProgress("", Optional.of(Duration.ofSeconds(15))));
        assertThat(poll(200, "")).isEqualTo(new OperationStatus.Succeeded());
        var failed = (OperationStatus.Failed)
                poll(200, "{'status':'Failed','error':{'code':'ZonalAllocationFailed','message':'no room in zone 1'}}");
        assertThat(failed.error())
                .hasMessage("the operation ended badly: ZonalAllocationFailed: no room in zone 1")
                .returns(ErrorCode.RESOURCES_DEPLETED, FleetException::code);
    }

    @Test
    void anUpdateOfAPoolThatHasNoTagStillNeverCreatesOne() {
        azure.answer(200, "{'properties':{'provisioningState':'Succeeded','mode':'User','count':1}}")
                .answer(200, "{}");

        new SdkAgentPools(arm).update(PoolSpecs.CLUSTER.agentPool("workers"), PoolSpecs.fixed("{'vmSize':'a'}", 2));

        assertThat(azure.requests().getLast().getHeaders().getValue(HttpHeaderName.IF_MATCH))
                .isEqualTo("*");
    }

    private OperationStatus poll(int status, String body, String... headers) {
        azure.answer(status, body, headers);
        return new SdkOperations(arm).poll(ARM + "/op");
    }

    private ArmReply put() {
        return arm.write(HttpMethod.PUT, PATH, "v", null, new ArmCondition.None(), "write");
    }

    private static FleetException refused(ThrowingCallable call) {
        FleetException refused = catchThrowableOfType(FleetException.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }
}
