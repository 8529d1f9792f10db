package dev.fleetwright.simulator;

import static org.awaitility.Awaitility.await;

import dev.fleetwright.simulator.http.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet of 500 clusters with 3,000 pools in a process of its own with 512 MiB of heap, and 300 requests a second. Prints
 * figures, asserts none. Not part of a build: {@code mvn verify -pl aks-simulator -am -P benchmark}.
 */
class ScaleBenchmark {
    private static final int CLUSTERS = Integer.getInteger("clusters", 500);
    private static final int POOLS = 6;
    private static final int RATE = Integer.getInteger("rate", 300);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmup", 20));
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("seconds", 40));

    @TempDir
    Path folder;

    private final Map<String, ConcurrentLinkedQueue<Long>> latencies = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

    @Test
    void fleet() throws Exception {
        Path secret = folder.resolve("secret");
        Files.writeString(secret, Wire.OPERATOR.clientSecret());
        Process process = start(secret);
        try {
            await("the simulator is up").atMost(PATIENCE).until(() -> answers(process));
            var document = Json.parse(Files.readString(folder.resolve("endpoint.json")));
            try (var arm = new Wire(document.path("endpoint").asText(), Files.readString(folder.resolve("ca.pem")))) {
                measure(arm.signedIn(), process.pid());
            }
        } finally {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private boolean answers(Process process) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the simulator ended:\n" + Files.readString(folder.resolve("log")));
        }
        return Files.exists(folder.resolve("endpoint.json"));
    }

    private Process start(Path secret) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--folder",
                folder.toString(),
                "--state",
                folder.resolve("state").toString(),
                "--time-scale",
                "600",
                "--no-throttling",
                "--tenant",
                Wire.TENANT,
                "--subscription",
                Wire.SUBSCRIPTION,
                "--client-id",
                Wire.OPERATOR.clientId(),
                "--client-secret-file",
                secret.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "log"))
                .start();
    }

    private void measure(Wire arm, long pid) throws Exception {
        long begin = System.nanoTime();
        arm.put(Wire.RG, "{'location':'westeurope'}");
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var permits = new Semaphore(8);
            for (int i = 0; i < CLUSTERS; i++) {
                int number = i;
                clients.execute(() -> {
                    permits.acquireUninterruptibly();
                    try {
                        note("create", arm.put(cluster(number), body(number)).status());
                    } finally {
                        permits.release();
                    }
                });
            }
        }
        print("created %d clusters with %d pools in %.1f s".formatted(CLUSTERS, CLUSTERS * POOLS, seconds(begin)));
        await("all clusters and pools are made")
                .atMost(PATIENCE)
                .until(() -> arm.get("/simulator/state").body().findValuesAsText("provisioningState").stream()
                        .allMatch(state -> state.equals("Succeeded")));
        print("all settled after %.1f s; resident %s".formatted(seconds(begin), resident(pid)));
        load(arm, WARM_UP);
        latencies.clear();
        statuses.clear();
        double before = cpuSeconds(pid);
        load(arm, MEASURED);
        double used = cpuSeconds(pid) - before;
        print("%d requests/s for %d s; statuses %s (0: no reply)".formatted(RATE, MEASURED.toSeconds(), statuses));
        print("CPU of the simulator: %.1f%% of one core, %.2f ms per request; others on the machine: load %s"
                .formatted(
                        100 * used / MEASURED.toSeconds(),
                        1000 * used / (RATE * MEASURED.toSeconds()),
                        Files.readString(Path.of("/proc/loadavg")).strip()));
        var all = new ArrayList<Long>();
        new LinkedHashMap<>(latencies).forEach((kind, values) -> {
            all.addAll(values);
            print("  %-12s %s"
                    .formatted(
                            kind,
                            quantiles(values.stream().mapToLong(Long::longValue).toArray())));
        });
        print("  %-12s %s"
                .formatted(
                        "all", quantiles(all.stream().mapToLong(Long::longValue).toArray())));
        pages(arm);
        print("resident at the end %s".formatted(resident(pid)));
    }

    /** Open loop: a request begins when its time has come, whatever became of those before it. */
    private void load(Wire arm, Duration time) throws InterruptedException {
        var random = new SplittableRandom(1);
        long begin = System.nanoTime();
        long requests = RATE * time.toSeconds();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i < requests; i++) {
                long due = begin + i * 1_000_000_000L / RATE;
                LockSupport.parkNanos(due - System.nanoTime());
                int kind = random.nextInt(1000);
                int number = random.nextInt(CLUSTERS);
                int pool = random.nextInt(1, POOLS);
                clients.execute(() -> {
                    try {
                        request(arm, kind, number, pool, due);
                    } catch (UncheckedIOException e) {
                        note(e.getMessage(), 0);
                    }
                });
            }
        }
    }

    private void request(Wire arm, int kind, int number, int pool, long due) {
        String path = cluster(number);
        String one = path + "/agentPools/p" + pool;
        String name;
        Answer answer;
        if (kind < 350) {
            name = "GET cluster";
            answer = arm.get(path);
        } else if (kind < 700) {
            name = "GET pool";
            answer = arm.get(one);
        } else if (kind < 850) {
            name = "LIST pools";
            answer = arm.get(path + "/agentPools");
        } else if (kind < 950) {
            name = "PUT pool";
            answer = arm.put(one, Bench.pool(1 + kind % 3));
        } else {
            name = "PUT tags";
            answer = arm.put(path, "{'location':'westeurope','tags':{'a':'" + kind + "'}}");
        }
        latencies.computeIfAbsent(name, _ -> new ConcurrentLinkedQueue<>()).add(System.nanoTime() - due);
        note(name, answer.status());
    }

    private void note(String name, int status) {
        statuses.merge(status, 1, Integer::sum);
        if (status >= 500) {
            print("%s was answered with %d".formatted(name, status));
        }
    }

    private void pages(Wire arm) {
        long begin = System.nanoTime();
        int clusters = 0;
        int pages = 0;
        String next = Wire.S + "/providers/Microsoft.ContainerService/managedClusters";
        while (!next.isEmpty()) {
            Answer page = arm.get(next);
            clusters += page.body().path("value").size();
            next = page.text("/nextLink");
            pages++;
        }
        print("LIST of %d clusters on %d pages in %.2f s".formatted(clusters, pages, seconds(begin)));
    }

    private static String cluster(int number) {
        return Wire.RG + "/providers/Microsoft.ContainerService/managedClusters/c" + number;
    }

    private static String body(int number) {
        var profiles = new StringBuilder("{'name':'sys','mode':'System','count':1,'vmSize':'Standard_D4s_v5'}");
        for (int i = 1; i < POOLS; i++) {
            profiles.append(",{'name':'p").append(i).append("','mode':'User','count':2,'vmSize':'Standard_D8s_v5'}");
        }
        return "{'location':'westeurope','identity':{'type':'SystemAssigned'},'properties':{'dnsPrefix':'c" + number
                + "','agentPoolProfiles':[" + profiles + "]}}";
    }

    private static String quantiles(long[] nanos) {
        Arrays.sort(nanos);
        var text = new StringBuilder(String.format(Locale.ROOT, "n=%-6d", nanos.length));
        for (double quantile : new double[] {0.5, 0.9, 0.99, 0.999, 1}) {
            int at = (int) Math.min(nanos.length - 1, Math.floor(quantile * nanos.length));
            text.append(String.format(Locale.ROOT, " p%s=%.2f ms", quantile * 100, nanos[at] / 1e6));
        }
        return text.toString();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** User and system time of a process so far; a tick is 10 ms. */
    private static double cpuSeconds(long pid) throws IOException {
        String[] fields = Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    private static String resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("unknown");
    }

    private static void print(String line) {
        System.out.println("benchmark: " + line);
    }
}
