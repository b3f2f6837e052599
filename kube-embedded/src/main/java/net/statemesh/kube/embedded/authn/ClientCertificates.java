// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authn;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import net.statemesh.kube.embedded.status.ApiException;

/** Users behind client certificates: CN is the name, every O a group. */
public final class ClientCertificates {
    /** Certificates whose chain need not be verified again; those used longest ago go first. */
    static final int MAX_REMEMBERED = 512;

    private final Set<TrustAnchor> anchors = new HashSet<>();
    private final InstantSource clock;
    private final Map<X509Certificate, User> accepted = Collections.synchronizedMap(new Latest<>(MAX_REMEMBERED));

    public ClientCertificates(Path authorities, InstantSource clock) throws IOException, GeneralSecurityException {
        this.clock = clock;
        try (InputStream in = Files.newInputStream(authorities)) {
            Collection<? extends java.security.cert.Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            found.forEach(each -> anchors.add(new TrustAnchor((X509Certificate) each, null)));
        }
        if (anchors.isEmpty()) {
            throw new GeneralSecurityException("no certificate in " + authorities);
        }
    }

    /** The user of a chain, leaf first; answers 401 when the chain does not lead to a client authority or is out of time. */
    public User user(List<X509Certificate> chain) {
        X509Certificate leaf = chain.getFirst();
        User known = accepted.get(leaf);
        if (known != null && !clock.instant().isAfter(leaf.getNotAfter().toInstant())) {
            return known;
        }
        User user = verified(leaf);
        accepted.put(leaf, user);
        return user;
    }

    private User verified(X509Certificate leaf) {
        try {
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf));
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(clock.instant()));
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            if (leaf.getExtendedKeyUsage() != null
                    && !leaf.getExtendedKeyUsage().contains("1.3.6.1.5.5.7.3.2")) {
                throw new GeneralSecurityException("certificate is not for client authentication");
            }
            return named(leaf);
        } catch (GeneralSecurityException e) {
            throw ApiException.of(
                    401,
                    "Unauthorized",
                    "Unauthorized: client certificate of "
                            + leaf.getSubjectX500Principal().getName() + " is not accepted: " + e.getMessage());
        }
    }

    private static User named(X509Certificate leaf) throws GeneralSecurityException {
        String name = "";
        List<String> groups = new ArrayList<>();
        try {
            for (Rdn rdn : new LdapName(leaf.getSubjectX500Principal().getName()).getRdns()) {
                if (rdn.getType().equalsIgnoreCase("CN")) {
                    name = rdn.getValue().toString();
                } else if (rdn.getType().equalsIgnoreCase("O")) {
                    groups.add(rdn.getValue().toString());
                }
            }
        } catch (InvalidNameException e) {
            throw new GeneralSecurityException("subject cannot be read", e);
        }
        if (name.isEmpty()) {
            throw new GeneralSecurityException("subject has no CN");
        }
        groups.add(User.AUTHENTICATED);
        return User.of(name, List.copyOf(groups));
    }

    /** A map that forgets what was used longest ago. */
    private static final class Latest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        private final int max;

        Latest(int max) {
            super(16, 0.75f, true);
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > max;
        }
    }
}
