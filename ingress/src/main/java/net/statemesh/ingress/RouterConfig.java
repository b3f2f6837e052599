// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;

/**
 * What a router is started with; JSON with the same names.
 *
 * @param kubeconfig identity towards the API
 * @param httpsListen {@code address:port}, for example {@code 127.0.0.1:8443} or {@code [::]:8443}
 * @param httpListen the same for plain HTTP, which is redirected to HTTPS
 * @param plainListen the same for plain HTTP that is answered as it is: for trusted networks, behind something that ends TLS itself
 * @param adminListen health and metrics; a loopback address; absent: {@code 127.0.0.1} and any free port
 * @param publicCaCertificate root of the certificates that clients get
 * @param publicCaKey its key
 * @param stateDirectory routes and certificates that survive a restart
 * @param accessLog absent: none
 * @param loops event loops; 0: as many as processors, at most {@value #MAX_DEFAULT_LOOPS}
 * @param limits absent: the defaults
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record RouterConfig(
        Path kubeconfig,
        List<String> httpsListen,
        List<String> httpListen,
        List<String> plainListen,
        @Nullable String adminListen,
        Path publicCaCertificate,
        Path publicCaKey,
        Path stateDirectory,
        @Nullable Path accessLog,
        int loops,
        Limits limits) {
    static final int MAX_DEFAULT_LOOPS = 4;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public RouterConfig {
        kubeconfig = required("kubeconfig", kubeconfig);
        publicCaCertificate = required("publicCaCertificate", publicCaCertificate);
        publicCaKey = required("publicCaKey", publicCaKey);
        stateDirectory = required("stateDirectory", stateDirectory);
        httpsListen = httpsListen == null ? List.of() : List.copyOf(httpsListen);
        httpListen = httpListen == null ? List.of() : List.copyOf(httpListen);
        plainListen = plainListen == null ? List.of() : List.copyOf(plainListen);
        limits = limits == null ? Limits.DEFAULTS : limits;
        if (httpsListen.isEmpty()) {
            throw wrong("httpsListen is empty; accepted is a list of address:port, for example 127.0.0.1:8443");
        }
        if (loops < 0) {
            throw wrong("loops is %d; accepted is a positive number, or 0 for the default".formatted(loops));
        }
        httpsListen.forEach(ListenAddress::parse);
        httpListen.forEach(ListenAddress::parse);
        plainListen.forEach(ListenAddress::parse);
        if (adminListen != null
                && !ListenAddress.parse(adminListen).getAddress().isLoopbackAddress()) {
            throw wrong(
                    "adminListen is '%s'; accepted is a loopback address such as 127.0.0.1:0".formatted(adminListen));
        }
    }

    /** Reads a file; {@code SM-INGRESS-001} names what is wrong in it. */
    public static RouterConfig read(Path file) {
        try {
            return JSON.readValue(file.toFile(), RouterConfig.class);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof StateMeshException wrong) {
                throw wrong;
            }
            throw unreadable(file, e.getOriginalMessage(), e);
        } catch (JacksonException e) {
            throw unreadable(file, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw unreadable(file, e.toString(), e);
        }
    }

    /** The configuration as {@link #read} takes it. */
    public String toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JacksonException e) {
            throw new IllegalStateException("a record of plain values is always written", e);
        }
    }

    int loopCount() {
        return loops > 0 ? loops : Math.min(Runtime.getRuntime().availableProcessors(), MAX_DEFAULT_LOOPS);
    }

    private static Path required(String field, @Nullable Path value) {
        if (value == null) {
            throw wrong(field + " is missing; accepted is a path");
        }
        return value;
    }

    private static StateMeshException wrong(String sentence) {
        return new StateMeshException(
                IngressErrors.BAD_CONFIG, sentence, List.of(), List.of("correct the router's configuration"));
    }

    private static StateMeshException unreadable(Path file, String evidence, Exception cause) {
        return new StateMeshException(
                IngressErrors.BAD_CONFIG,
                file + " is no configuration of a router",
                List.of(evidence),
                List.of("correct the file"),
                cause);
    }
}
