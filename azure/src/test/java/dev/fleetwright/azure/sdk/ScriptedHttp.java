package dev.fleetwright.azure.sdk;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An HTTP server on the other side that answers what it was told to, in that order, and remembers what it was asked. */
final class ScriptedHttp implements HttpClient {
    private record Answer(int status, String body, HttpHeaders headers) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<HttpRequest> requests = new ArrayList<>();

    ScriptedHttp answer(int status, String body, String... headers) {
        HttpHeaders all = new HttpHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.set(HttpHeaderName.fromString(headers[i]), headers[i + 1]);
        }
        answers.add(new Answer(status, body.replace('\'', '"'), all));
        return this;
    }

    /** Breaks the connection instead of answering. */
    ScriptedHttp silence() {
        answers.add(new Answer(0, "", new HttpHeaders()));
        return this;
    }

    List<HttpRequest> requests() {
        return requests;
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        requests.add(request);
        Answer answer = answers.removeFirst();
        if (answer.status() == 0) {
            throw new UncheckedIOException(new IOException("connection reset"));
        }
        return new Reply(request, answer);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
    }

    private static final class Reply extends HttpResponse {
        private final Answer answer;

        Reply(HttpRequest request, Answer answer) {
            super(request);
            this.answer = answer;
        }

        @Override
        public int getStatusCode() {
            return answer.status();
        }

        @Override
        @Deprecated
        public String getHeaderValue(String name) {
            return answer.headers().getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return answer.headers();
        }

        @Override
        public BinaryData getBodyAsBinaryData() {
            return BinaryData.fromString(answer.body());
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return Flux.just(ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return Mono.just(answer.body().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Mono<String> getBodyAsString() {
            return Mono.just(answer.body());
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return Mono.just(answer.body());
        }
    }
}
