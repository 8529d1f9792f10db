package dev.fleetwright.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./fleetwright}: the commands of a checkout. Exit status 0: all held; 1: something did not; 2: wrong usage. */
@Command(
        name = "fleetwright",
        description = "A whole Fleetwright on this machine, against simulated Azure and real Kubernetes.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(demo | up | down | status)")
public final class Main {
    private final Screen screen = Screen.forStandardOutput();
    private final Checkout checkout = Checkout.around(Path.of("").toAbsolutePath());

    private Main() {}

    public static void main(String[] arguments) {
        int status;
        try {
            status = new CommandLine(new Main())
                    .setExecutionExceptionHandler(Main::explain)
                    .execute(arguments);
        } catch (LauncherException e) {
            System.err.println(e.getMessage());
            status = 1;
        }
        System.exit(status);
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof LauncherException
                || failure instanceof dev.fleetwright.local.binaries.BinariesUnavailableException) {
            command.getErr().println(failure.getMessage());
            return 1;
        }
        throw failure;
    }

    @Command(description = "Runs the story from an empty machine to an upgraded fleet, and judges it.")
    int demo(
            @Option(names = "--keep", description = "Leave everything running at the end; ./fleetwright down stops it.")
                    boolean keep) {
        StackOptions options = StackOptions.in(fresh());
        screen.chapter("Fleetwright on one machine");
        Stack stack = Stack.start(checkout, keep ? options.detach() : options, screen);
        boolean held = false;
        try {
            Demo.Acts acts = new Demo(checkout, stack, screen).play();
            Judge judge = new Judge(stack, acts);
            List<Promise> promises = judge.judge();
            new Summary(screen).show(acts, judge.evidence(), stack.simulator().calls(), promises);
            held = promises.stream().allMatch(Promise::held);
            acts.workload().close();
        } finally {
            if (keep) {
                reveal(stack);
            } else {
                stack.close();
            }
        }
        return held ? 0 : 1;
    }

    @Command(description = "Starts everything with the example fleet, and leaves it running.")
    int up() {
        screen.chapter("Fleetwright on one machine");
        Stack stack = Stack.start(checkout, StackOptions.in(fresh()).detach(), screen);
        try (var fleet = new FleetWatch(stack.client(), Demo.FLEET)) {
            new Demo(checkout, stack, screen).createCluster(fleet);
        } finally {
            reveal(stack);
        }
        return 0;
    }

    @Command(description = "Stops everything that up, or demo --keep, left running.")
    int down() {
        Path state = checkout.state().resolve("stack");
        if (!Files.isDirectory(state)) {
            screen.say("nothing runs here");
            return 0;
        }
        Stack.attach(state).close();
        Folders.delete(state);
        screen.say("stopped");
        return 0;
    }

    @Command(description = "Says what runs, and how the fleet is.")
    int status() {
        Path state = checkout.state().resolve("stack");
        if (!Files.isDirectory(state)) {
            screen.say("nothing runs here: ./fleetwright up starts it");
            return 0;
        }
        Stack stack = Stack.attach(state);
        stack.processes().forEach((name, alive) -> screen.say("%-20s %s".formatted(name, alive ? "runs" : "STOPPED")));
        Kubectl kubectl = stack.kubectl();
        kubectl.run("get", "-A", "clusters.fleetwright.dev,managedcontrolplanes,machinepools.fleetwright.dev,nodepools")
                .lines()
                .forEach(screen::say);
        return 0;
    }

    /** An empty folder for a stack; one that runs already is an error, for it would be lost. */
    private Path fresh() {
        Path state = checkout.state().resolve("stack");
        if (Files.isDirectory(state)) {
            Stack before = Stack.attach(state);
            if (before.processes().containsValue(true)) {
                throw new LauncherException(
                        "something runs here already: ./fleetwright status shows it, ./fleetwright down stops it");
            }
            before.close();
            Folders.delete(state);
        }
        return state;
    }

    private void reveal(Stack stack) {
        screen.chapter("It goes on running. Reach it with");
        screen.say("export KUBECONFIG=" + stack.kubectl().kubeconfig());
        screen.say("kubectl -n " + Demo.FLEET + " get clusters.fleetwright.dev,nodepools -w");
        screen.say("the cluster itself: kubectl -n " + Demo.FLEET + " get secret " + Demo.CLUSTER
                + "-kubeconfig -o jsonpath='{.data.value}' | base64 -d");
        screen.say("Azure: " + stack.simulator().endpoint() + " (trust "
                + stack.simulator().caBundle() + ")");
        screen.say("./fleetwright down stops everything");
    }
}
