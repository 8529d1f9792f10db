package dev.fleetwright.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetwright.simulator.http.Json;
import dev.fleetwright.simulator.state.Kept;
import java.time.Instant;

/** Small things that a subscription keeps without a class of their own. */
final class Subordinates {
    static final String ROLE_ASSIGNMENT = "role assignment";
    static final String ROLE_DEFINITION = "role definition";
    static final String NEW_PRINCIPAL = "new principal";

    private Subordinates() {}

    /** @param id the ARM id in lower case */
    record RoleAssignment(String id, ObjectNode document) implements Kept {
        @Override
        public String keptAt() {
            return id;
        }

        @Override
        public String keptAs() {
            return ROLE_ASSIGNMENT;
        }

        @Override
        public ObjectNode kept() {
            return document.deepCopy();
        }
    }

    /** @param name the last segment of its id, in lower case */
    record RoleDefinition(String subscriptionId, String name, ObjectNode document) implements Kept {
        @Override
        public String keptAt() {
            return "/subscriptions/" + subscriptionId + "/roledefinitions/" + name;
        }

        @Override
        public String keptAs() {
            return ROLE_DEFINITION;
        }

        @Override
        public ObjectNode kept() {
            return document.deepCopy();
        }
    }

    /** An identity that other services learn of late. */
    record NewPrincipal(String subscriptionId, String objectId, Instant since) implements Kept {
        @Override
        public String keptAt() {
            return "/subscriptions/" + subscriptionId + "/principals/" + objectId;
        }

        @Override
        public String keptAs() {
            return NEW_PRINCIPAL;
        }

        @Override
        public ObjectNode kept() {
            return Json.object().put("objectId", objectId).put("since", since.toString());
        }
    }
}
