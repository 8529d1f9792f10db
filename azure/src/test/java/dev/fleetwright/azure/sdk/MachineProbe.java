package dev.fleetwright.azure.sdk;

import dev.fleetwright.azure.AzureCredential;
import dev.fleetwright.azure.AzureSettings;
import dev.fleetwright.core.error.FleetException;
import java.time.InstantSource;

/** A program on a machine with an identity: says what ARM answers to it. */
final class MachineProbe {
    static final String MARK = "probe: ";

    private MachineProbe() {}

    public static void main(String[] arguments) {
        AzureSettings settings = AzureSettings.fromEnvironment(System.getenv(), "fleetwright-test/1");
        String answer;
        try (var access = new SdkAzureAccess(settings, InstantSource.system())) {
            answer = CredentialsIT.state(access, new AzureCredential.UserAssignedIdentity(arguments[0]));
        } catch (FleetException e) {
            answer = e.code() + " " + e.getMessage();
        }
        System.out.println(MARK + answer);
        System.exit(0);
    }
}
