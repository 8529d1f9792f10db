package dev.fleetwright.simulator.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom this process trusts as a client. */
public final class Trust {
    private Trust() {}

    /** Those that the JDK trusts, and these. */
    public static SSLContext systemAnd(Collection<X509Certificate> more) {
        try {
            var all = KeyStore.getInstance("PKCS12");
            all.load(null, null);
            int number = 0;
            for (TrustManager manager : managers(null)) {
                for (X509Certificate issuer : ((X509TrustManager) manager).getAcceptedIssuers()) {
                    all.setCertificateEntry("system-" + number++, issuer);
                }
            }
            for (X509Certificate issuer : more) {
                all.setCertificateEntry("more-" + number++, issuer);
            }
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers(all), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot set up whom to trust", e);
        }
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
