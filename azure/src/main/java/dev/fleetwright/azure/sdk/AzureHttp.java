package dev.fleetwright.azure.sdk;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The HTTP client of the process, on the JDK's. */
final class AzureHttp {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    // Azure held PUTs open for 12 s in 2026 before it answered; giving up earlier loses the reply.
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private AzureHttp() {}

    /** @throws IllegalArgumentException when the bundle cannot be read; the message names it */
    static HttpClient client(Optional<Path> caBundle) {
        java.net.http.HttpClient.Builder jdk = java.net.http.HttpClient.newBuilder();
        caBundle.map(AzureHttp::trusting).ifPresent(jdk::sslContext);
        return new JdkHttpClientBuilder(jdk)
                .connectionTimeout(CONNECT)
                .responseTimeout(ANSWER)
                .readTimeout(ANSWER)
                .build();
    }

    private static SSLContext trusting(Path bundle) {
        try (InputStream pem = Files.newInputStream(bundle)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("AZURE_CA_BUNDLE holds no certificate: " + bundle);
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("AZURE_CA_BUNDLE cannot be read: " + bundle + ": " + e.getMessage(), e);
        }
    }
}
