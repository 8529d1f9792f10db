package dev.fleetwright.azure.sdk;

import static dev.fleetwright.azure.PoolSpecs.template;
import static dev.fleetwright.azure.sdk.SimulatedAzure.OWNER;
import static dev.fleetwright.azure.sdk.SimulatedAzure.SUBSCRIPTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fleetwright.api.ArmId;
import dev.fleetwright.api.v1alpha1.Scaling;
import dev.fleetwright.azure.AgentPoolSpec;
import dev.fleetwright.azure.AgentPoolState;
import dev.fleetwright.azure.Azure;
import dev.fleetwright.azure.ManagedClusterState;
import dev.fleetwright.azure.OperationStatus;
import dev.fleetwright.azure.Presence;
import dev.fleetwright.azure.Submitted;
import dev.fleetwright.core.error.ErrorCode;
import dev.fleetwright.core.error.FleetException;
import dev.fleetwright.simulator.http.Faults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapter against the simulator, over TLS with tokens, as against Azure. */
class SdkAzureIT {
    @TempDir
    static Path folder;

    private static SimulatedAzure simulated;
    private static Azure azure;

    /** A cluster for the tests that change only pools of their own. */
    private static ArmId shared;

    @BeforeAll
    static void start() {
        simulated = new SimulatedAzure(folder);
        azure = simulated.azure();
        shared = simulated.cluster();
    }

    @AfterAll
    static void stop() {
        simulated.close();
    }

    @Test
    void aClusterIsCreatedUpgradedAndDeleted() {
        ArmId id = simulated.freeCluster();
        assertThat(azure.managedClusters().get(id)).isEmpty();

        Submitted created = azure.managedClusters()
                .create(
                        id,
                        simulated.clusterSpec(id, "1.33", "{'tier':'Standard'}"),
                        List.of(SimulatedAzure.systemPool()));
        assertThat(created.operationURL()).isPresent();
        assertThat(azure.managedClusters().get(id))
                .hasValueSatisfying(
                        c -> assertThat(c.provisioningState().terminal()).isFalse());
        simulated.finished(created);

        ManagedClusterState state = azure.managedClusters().get(id).orElseThrow();
        assertThat(state.provisioningState().succeeded()).isTrue();
        assertThat(state.owner()).contains(OWNER);
        assertThat(state.kubeletIdentityObjectID()).isPresent();
        assertThat(state.pool("sys"))
                .hasValueSatisfying(p -> assertThat(p.count()).isEqualTo(1));
        assertThat(new String(azure.managedClusters().adminKubeconfig(id), StandardCharsets.UTF_8))
                .contains("clusterAdmin");

        var upgraded = simulated.clusterSpec(id, "1.34", "{'tier':'Standard'}");
        assertThat(upgraded.differencesFrom(state)).hasSize(1);
        simulated.finished(azure.managedClusters().update(id, upgraded));
        state = azure.managedClusters().get(id).orElseThrow();
        assertThat(state.currentVersion()).hasValueSatisfying(v -> assertThat(v).startsWith("1.34."));
        assertThat(state.pool("sys")).isPresent();
        assertThat(azure.managedClusters().update(id, upgraded)).isEmpty();

        simulated.finished(azure.managedClusters().delete(id, state.eTag()));
        assertThat(azure.managedClusters().get(id)).isEmpty();
        assertThat(azure.managedClusters().delete(id, Optional.empty()).operationURL())
                .isEmpty();
    }

    @Test
    void aPoolIsCreatedScaledAndDeleted() {
        ArmId id = shared.agentPool("life");
        assertThat(azure.agentPools().get(id)).isInstanceOf(Presence.Absent.class);

        simulated.finished(azure.agentPools().create(id, pool("life", 2)));
        assertThat(simulated.pool(id).count()).isEqualTo(2);
        assertThat(azure.agentPools().machines(id))
                .hasSize(2)
                .allSatisfy(m -> assertThat(ArmId.parse(m.providerID())).isEqualTo(m.resourceID()));

        simulated.finished(azure.agentPools().update(id, pool("life", 4)));
        AgentPoolState scaled = simulated.pool(id);
        assertThat(scaled.count()).isEqualTo(4);
        assertThat(azure.agentPools().machines(id)).hasSize(4);

        String machine = azure.agentPools().machines(id).getFirst().name();
        simulated.finished(azure.agentPools().deleteMachines(id, List.of(machine)));
        assertThat(simulated.pool(id).count()).isEqualTo(3);

        simulated.finished(azure.agentPools().delete(id, simulated.pool(id).eTag()));
        assertThat(azure.agentPools().get(id)).isInstanceOf(Presence.Absent.class);
        assertThat(azure.agentPools().delete(id, Optional.empty()).operationURL())
                .isEmpty();
    }

    @Test
    void whatIsThereIsNotOverwrittenByACreate() {
        ArmId pool = shared.agentPool("sys");

        assertThat(refused(() -> azure.agentPools().create(pool, pool("sys", 9))))
                .returns(ErrorCode.PRECONDITION_FAILED, FleetException::code);
        assertThat(refused(() -> azure.managedClusters()
                        .create(
                                shared,
                                simulated.clusterSpec(shared, "1.34", "{}"),
                                List.of(SimulatedAzure.systemPool()))))
                .returns(ErrorCode.PRECONDITION_FAILED, FleetException::code);
        assertThat(simulated.pool(pool).count()).isEqualTo(1);
    }

    @Test
    void whatChangedSinceItWasReadIsNotDeleted() {
        ArmId id = shared.agentPool("etag");
        simulated.finished(azure.agentPools().create(id, pool("etag", 1)));
        Optional<String> stale = simulated.pool(id).eTag();
        simulated.finished(azure.agentPools().update(id, pool("etag", 2)));

        assertThat(refused(() -> azure.agentPools().delete(id, stale)))
                .returns(ErrorCode.PRECONDITION_FAILED, FleetException::code);
        assertThat(simulated.pool(id).count()).isEqualTo(2);
    }

    @Test
    void aSecondWriteWhileOneRunsIsHeldBackAndCostsNoWrite() {
        ArmId cluster = simulated.cluster();
        ArmId id = cluster.agentPool("busy");
        Submitted running = azure.agentPools().create(id, pool("busy", 1));
        int puts = simulated.requests("PUT", "/agentPools/busy").size();

        assertThat(refused(() -> azure.agentPools().update(id, pool("busy", 2))))
                .returns(ErrorCode.OPERATION_IN_PROGRESS, FleetException::code);
        assertThat(simulated.requests("PUT", "/agentPools/busy")).hasSize(puts);
        assertThat(refused(() -> azure.agentPools().create(cluster.agentPool("other"), pool("other", 1))))
                .returns(ErrorCode.OPERATION_IN_PROGRESS, FleetException::code);
        simulated.finished(running);
    }

    @Test
    void aLostReplyIsReportedOnceAndTheWriteNotRepeated() {
        ArmId id = shared.agentPool("lost");
        simulated.nextCalls(1, Faults.Rule.lostReply("PUT", "/agentPools/lost"));

        assertThat(refused(() -> azure.agentPools().create(id, pool("lost", 1))))
                .returns(ErrorCode.TRANSIENT, FleetException::code);

        assertThat(simulated.requests("PUT", "/agentPools/lost")).hasSize(1);
        AgentPoolState found = simulated.pool(id);
        assertThat(found.owner()).as("known by its tag on the next pass").contains(OWNER);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> simulated.pool(id).provisioningState().succeeded());
    }

    @Test
    void aReadIsRepeatedOnceAndNoMore() {
        simulated.nextCalls(1, Faults.Rule.answer("GET", "/agentPools/sys", 503, "ServiceUnavailable"));
        assertThat(simulated.pool(shared.agentPool("sys")).count()).isEqualTo(1);

        simulated.nextCalls(2, Faults.Rule.answer("GET", "/agentPools/sys", 503, "ServiceUnavailable"));
        assertThat(refused(() -> azure.agentPools().get(shared.agentPool("sys"))))
                .returns(ErrorCode.TRANSIENT, FleetException::code);
    }

    @Test
    void anAutoscaledPoolKeepsItsCount() {
        ArmId id = shared.agentPool("auto");
        var template = template("{'vmSize':'Standard_D4s_v5'}");
        simulated.finished(azure.agentPools()
                .create(id, new AgentPoolSpec("auto", "User", template, null, new Scaling(2, 5), null, OWNER)));
        assertThat(simulated.pool(id).count()).isEqualTo(2);

        simulated.finished(azure.agentPools()
                .update(id, new AgentPoolSpec("auto", "User", template, null, new Scaling(1, 6), null, OWNER)));

        assertThat(simulated.pool(id))
                .returns(2, AgentPoolState::count)
                .returns(new Scaling(1, 6), AgentPoolState::scaling);
        simulated.finished(
                azure.agentPools().update(id, new AgentPoolSpec("auto", "User", template, 3, null, null, OWNER)));
        assertThat(simulated.pool(id)).returns(3, AgentPoolState::count).returns(false, AgentPoolState::autoscaled);
    }

    @Test
    void aPoolOfAClusterThatIsGoneIsToldFromAPoolThatIsGone() {
        ArmId nowhere = ArmId.managedCluster(SUBSCRIPTION, "no-such-group", "c");

        assertThat(azure.agentPools().get(nowhere.agentPool("p"))).isInstanceOf(Presence.ParentAbsent.class);
        assertThat(azure.agentPools().get(simulated.freeCluster().agentPool("p")))
                .isInstanceOf(Presence.ParentAbsent.class);
        assertThat(azure.managedClusters().get(nowhere)).isEmpty();
        assertThat(refused(() -> azure.agentPools().create(nowhere.agentPool("p"), pool("p", 1))))
                .returns(ErrorCode.DEPENDENCY_MISSING, FleetException::code);
    }

    @Test
    void a404ThatIsNotAboutTheThingIsNoAbsence() {
        simulated.nextCalls(1, Faults.Rule.answer("GET", "/managedClusters/", 404, "InvalidResourceType"));

        assertThat(refused(() -> azure.managedClusters().get(shared))).isNotNull();
    }

    @Test
    void throttlingByAzureHoldsBackTheWholeBucket() {
        try (SdkAzureAccess fresh = simulated.access()) {
            Azure throttled = fresh.connect(SimulatedAzure.secret("right"), SUBSCRIPTION);
            simulated.nextCalls(
                    1,
                    Faults.Rule.answer("GET", "/agentPools/sys", 429, "Throttled")
                            .withRetryAfter(33));

            assertThat(refused(() -> throttled.agentPools().get(shared.agentPool("sys"))))
                    .returns(ErrorCode.RATE_LIMITS_EXCEEDED, FleetException::code)
                    .returns(Optional.of(Duration.ofSeconds(33)), FleetException::retryAfter);

            int before = simulated.requests("GET", "/agentPools/other").size();
            FleetException heldBack = refused(() -> throttled.agentPools().get(shared.agentPool("other")));
            assertThat(heldBack.code()).isEqualTo(ErrorCode.RATE_LIMITS_EXCEEDED);
            assertThat(heldBack.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(33));
            assertThat(simulated.requests("GET", "/agentPools/other")).hasSize(before);
            assertThat(throttled.managedClusters().get(shared))
                    .as("another bucket")
                    .isPresent();
        }
    }

    @Test
    void aWrongSecretIsNamedAndNeverShown() {
        Azure wrong = simulated.connect(SimulatedAzure.secret("wr0ng-s3cret"), SUBSCRIPTION);

        FleetException first = refused(() -> wrong.managedClusters().get(shared));
        FleetException second = refused(() -> wrong.managedClusters().get(shared));

        assertThat(first)
                .returns(ErrorCode.UNAUTHENTICATED, FleetException::code)
                .hasMessageContaining("AADSTS")
                .hasMessageNotContaining("wr0ng-s3cret");
        assertThat(second).as("the same text at every try").hasMessage(first.text());
    }

    @Test
    void anUnknownSubscriptionIsAWrongSpecNotAnAbsence() {
        String unknown = "99999999-9999-9999-9999-999999999999";
        Azure elsewhere = simulated.connect(SimulatedAzure.secret("right"), unknown);

        assertThat(refused(() -> elsewhere.managedClusters().get(ArmId.managedCluster(unknown, "g", "c"))))
                .returns(ErrorCode.CONFIGURATION_PROBLEM, FleetException::code)
                .hasMessageContaining(unknown);
        assertThat(elsewhere.inventory().read(Duration.ofMinutes(1)))
                .satisfies(s -> assertThat(s.complete()).isFalse())
                .satisfies(s -> assertThat(s.lastError()).isPresent());
    }

    @Test
    void theInventoryHasEveryClusterWithItsPools() {
        var snapshot = azure.inventory().read(Duration.ZERO);

        assertThat(snapshot.complete()).isTrue();
        assertThat(snapshot.cluster(shared).orElseThrow().pool("sys"))
                .hasValueSatisfying(p -> assertThat(p.id()).isEqualTo(shared.agentPool("sys")));
    }

    @Test
    void aResourceGroupComesAndGoes() {
        ArmId id = ArmId.resourceGroup(SUBSCRIPTION, "short-lived");
        assertThat(azure.resourceGroups().get(id)).isEmpty();

        azure.resourceGroups().create(id, "westeurope", Map.of("fleetwright.owner", OWNER.value()));
        assertThat(azure.resourceGroups().get(id).orElseThrow().tags())
                .containsEntry("fleetwright.owner", OWNER.value());

        assertThat(azure.resourceGroups().isEmpty(id)).isTrue();
        assertThat(azure.resourceGroups()
                        .isEmpty(shared.parent().flatMap(ArmId::parent).orElseThrow()))
                .isFalse();

        simulated.finished(azure.resourceGroups().delete(id));
        assertThat(azure.resourceGroups().get(id)).isEmpty();
        assertThat(azure.resourceGroups().isEmpty(id)).isTrue();
        assertThat(azure.resourceGroups().delete(id).operationURL()).isEmpty();
    }

    @Test
    void anOperationUrlThatPointsElsewhereGetsNoToken() {
        String port = Integer.toString(simulated.endpoint().getPort());

        for (String foreign : List.of(
                "https://attacker.example/subscriptions/x",
                "http://127.0.0.1:" + port + "/x",
                "https://127.0.0.1:" + port + "@attacker.example/x",
                "https://user@127.0.0.1:" + port + "/x",
                "not a url")) {
            assertThat(azure.operations().poll(foreign)).isInstanceOf(OperationStatus.Expired.class);
        }
        assertThat(azure.operations()
                        .poll(simulated.endpoint() + "/subscriptions/" + SUBSCRIPTION
                                + "/providers/Microsoft.ContainerService/locations/westeurope/operations/"
                                + "00000000-0000-0000-0000-000000000000?api-version=2025-03-01"))
                .isInstanceOf(OperationStatus.Expired.class);
    }

    @Test
    void aPollThatIsThrottledIsNotTheEndOfTheOperation() {
        ArmId id = shared.agentPool("polled");
        Submitted submitted = azure.agentPools().create(id, pool("polled", 1));
        String url = submitted.operationURL().orElseThrow();
        assertThat(azure.operations().poll(url)).isInstanceOf(OperationStatus.InProgress.class);

        simulated.nextCalls(1, Faults.Rule.answer("GET", "/operations/", 500, "InternalServerError"));
        simulated.finished(submitted);
        assertThat(azure.operations().poll(url)).isEqualTo(new OperationStatus.Succeeded());
    }

    @Test
    void anAbortedOperationEndsAsCanceledAndLeavesThePool() {
        ArmId id = shared.agentPool("aborted");
        Submitted submitted = azure.agentPools().create(id, pool("aborted", 3));

        azure.agentPools().abort(id);

        String url = submitted.operationURL().orElseThrow();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> azure.operations().poll(url) instanceof OperationStatus.Canceled);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> simulated.pool(id).provisioningState().canceled());

        // The same spec again: nothing differs, and yet Azure is asked to go on.
        simulated.finished(azure.agentPools().update(id, pool("aborted", 3)));
        assertThat(simulated.pool(id).provisioningState().succeeded()).isTrue();
        assertThat(azure.agentPools().update(id, pool("aborted", 3))).isEmpty();
    }

    @Test
    void oneTokenServesManyCalls() {
        try (SdkAzureAccess fresh = simulated.access()) {
            int before = simulated.requests("POST", "/oauth2/v2.0/token").size();
            for (int i = 0; i < 5; i++) {
                fresh.connect(SimulatedAzure.secret("right"), SUBSCRIPTION)
                        .managedClusters()
                        .get(shared);
            }
            assertThat(simulated.requests("POST", "/oauth2/v2.0/token")).hasSize(before + 1);
        }
    }

    private static AgentPoolSpec pool(String name, int replicas) {
        return new AgentPoolSpec(
                name, "User", template("{'vmSize':'Standard_D4s_v5','labels':{'a':'b'}}"), replicas, null, null, OWNER);
    }

    private static FleetException refused(ThrowingCallable call) {
        FleetException refused = catchThrowableOfType(FleetException.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }
}
