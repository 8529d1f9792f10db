package dev.fleetwright.local.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final String EVICTION = """
        {"kind":"Event","verb":"create","user":{"username":"drainer"},"userAgent":"fabric8","requestURI":"/api/v1/namespaces/shop/pods/web-1/eviction%s",\
        "objectRef":{"resource":"pods","namespace":"shop","name":"web-1","subresource":"eviction"},\
        "responseStatus":{"code":201},"requestObject":{"deleteOptions":{"preconditions":{"uid":"u-1"}}},\
        "requestReceivedTimestamp":"2026-11-21T21:00:00.000001Z","stageTimestamp":"2026-11-21T21:00:00.500000Z"}
        """;

    @TempDir
    private Path folder;

    private AuditLog log;

    @BeforeEach
    void log() {
        log = new AuditLog(folder.resolve("audit.log"));
    }

    @Test
    void aLogThatDoesNotExistYetIsEmpty() {
        assertThat(log.events(event -> true)).isEmpty();
    }

    @Test
    void anEvictionTellsWhoAskedForWhichPodAndWhichUid() throws IOException {
        write(EVICTION.formatted(""));

        AuditEvent event = log.events(AuditEvent::isEviction).getFirst();

        assertThat(event.user()).isEqualTo("drainer");
        assertThat(event.name()).isEqualTo("web-1");
        assertThat(event.uidPrecondition()).contains("u-1");
        assertThat(event.succeeded()).isTrue();
        assertThat(event.completed()).isAfter(event.time());
    }

    @Test
    void aDryRunIsNotASuccess() throws IOException {
        write(EVICTION.formatted("?dryRun=All"));

        assertThat(log.events(AuditEvent::isEviction))
                .singleElement()
                .matches(event -> event.dryRun() && !event.succeeded());
    }

    @Test
    void aDryRunAskedForInTheBodyIsNotASuccess() throws IOException {
        write(EVICTION.formatted("").replace("\"preconditions\"", "\"dryRun\":[\"All\"],\"preconditions\""));

        assertThat(log.events(AuditEvent::succeeded)).isEmpty();
    }

    @Test
    void aLastLineThatIsStillBeingWrittenWaitsForTheNextReading() throws IOException {
        String line = EVICTION.formatted("");
        write(line + line.substring(0, line.length() / 2));
        assertThat(log.events(event -> true)).hasSize(1);

        write(line + line);
        assertThat(log.events(event -> true)).hasSize(2);
    }

    @Test
    void aTornLineInTheMiddleIsAnError() throws IOException {
        write("{\"kind\":\n" + EVICTION.formatted(""));

        assertThatThrownBy(() -> log.events(event -> true)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aCreatedPodHasTheNameThatTheServerMadeUp() throws IOException {
        write(EVICTION.formatted("")
                .replace("\"name\":\"web-1\",", "")
                .replace(
                        "\"requestObject\"",
                        "\"responseObject\":{\"metadata\":{\"name\":\"web-x7\"}},\"requestObject\""));

        assertThat(log.events(event -> true)).extracting(AuditEvent::name).containsExactly("web-x7");
    }

    private void write(String text) throws IOException {
        Files.writeString(log.file(), text);
    }
}
