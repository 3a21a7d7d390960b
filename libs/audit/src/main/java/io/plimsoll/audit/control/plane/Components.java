package io.plimsoll.audit.control.plane;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Judge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Flags of the API server, controller manager, scheduler and etcd, read from their static pods. */
public final class Components {

    private static final String APISERVER = "kube-apiserver";
    private static final String MANAGER = "kube-controller-manager";
    private static final String SCHEDULER = "kube-scheduler";
    private static final String ETCD = "etcd";

    /** Suites of TLS 1.2 that are strong, and those of TLS 1.3, which all are. */
    private static final Set<String> STRONG = Set.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256");

    /** Names what is wrong with a component's flags, in a few words each. */
    @FunctionalInterface
    private interface Finder {
        List<Wrong> find(Flags flags, Asked asked);
    }

    /** @param says the flag first, then what is wrong with it */
    private record Wrong(String flag, String says) {}

    private Components() {}

    private static Judge.OfPods of(String component, String danger, Finder finder) {
        return (pod, asked) -> {
            Optional<Flags> flags = Flags.of(pod, component);
            return flags.isEmpty()
                    ? Answer.ELSEWHERE
                    : answer(component, danger, flags.get(), finder.find(flags.get(), asked));
        };
    }

    private static Answer answer(String component, String danger, Flags flags, List<Wrong> wrongs) {
        if (wrongs.isEmpty()) {
            return Answer.GOOD;
        }
        String all = String.join("; ", wrongs.stream().map(Wrong::says).toList());
        return Answer.wrong(
                flags.container().container().name(),
                flags.at(wrongs.getFirst().flag()),
                component + " " + danger + ": " + all);
    }

    public static Judge.OfPods anonymous() {
        return of(APISERVER, "answers callers without a name", (flags, asked) -> {
            boolean limited = flags.has("authentication-config");
            return limited || flags.value("anonymous-auth").equals("false")
                    ? List.of()
                    : List.of(new Wrong("anonymous-auth", "set --anonymous-auth=false"));
        });
    }

    public static Judge.OfPods authorization() {
        return of(APISERVER, "does not authorise as it should", (flags, asked) -> {
            if (flags.has("authorization-config")) {
                return List.of();
            }
            List<String> modes = flags.items("authorization-mode");
            List<Wrong> wrongs = new ArrayList<>();
            if (modes.isEmpty() || modes.contains("AlwaysAllow")) {
                wrongs.add(new Wrong(
                        "authorization-mode", "--authorization-mode lets everybody do everything (AlwaysAllow)"));
            }
            for (String wanted : new String[] {"Node", "RBAC"}) {
                if (!modes.contains(wanted)) {
                    wrongs.add(new Wrong("authorization-mode", "--authorization-mode lacks " + wanted));
                }
            }
            return wrongs;
        });
    }

    public static Judge.OfPods staticCredentials() {
        return of(
                APISERVER,
                "takes credentials that never change",
                (flags, asked) -> given(flags, List.of("token-auth-file", "basic-auth-file")));
    }

    private static List<Wrong> given(Flags flags, List<String> refused) {
        return refused.stream()
                .filter(flags::has)
                .map(flag -> new Wrong(flag, "remove --" + flag))
                .toList();
    }

    /** Plugins that must be on, may not be on, or may not be switched off. */
    public static Judge.OfPods plugins() {
        return of(APISERVER, "admits what it should not", (flags, asked) -> {
            List<Wrong> wrongs = new ArrayList<>();
            List<String> on = flags.items("enable-admission-plugins");
            List<String> off = flags.items("disable-admission-plugins");
            if (on.contains("AlwaysAdmit")) {
                wrongs.add(new Wrong("enable-admission-plugins", "plugin AlwaysAdmit is on"));
            }
            for (String plugin : asked.parameters().texts("required")) {
                if (!on.contains(plugin)) {
                    wrongs.add(new Wrong("enable-admission-plugins", "plugin " + plugin + " is not on"));
                }
            }
            for (String plugin : asked.parameters().texts("keptOn")) {
                if (off.contains(plugin)) {
                    wrongs.add(new Wrong("disable-admission-plugins", "plugin " + plugin + " is switched off"));
                }
            }
            return wrongs;
        });
    }

    public static Judge.OfPods auditLog() {
        return of(APISERVER, "keeps no sufficient audit log", (flags, asked) -> {
            List<Wrong> wrongs = new ArrayList<>();
            boolean webhook = flags.has("audit-webhook-config-file");
            if (!flags.has("audit-policy-file")) {
                wrongs.add(new Wrong("audit-policy-file", "--audit-policy-file is not set"));
            }
            if (!flags.has("audit-log-path") && !webhook) {
                wrongs.add(new Wrong("audit-log-path", "--audit-log-path is not set"));
            }
            if (!webhook) {
                for (String flag : new String[] {"audit-log-maxage", "audit-log-maxbackup", "audit-log-maxsize"}) {
                    String parameter = "min" + flag.substring("audit-log-max".length());
                    long least = asked.parameters().number(parameter).longValue();
                    if (number(flags.value(flag)) < least) {
                        wrongs.add(new Wrong(flag, "--" + flag + " is under " + least));
                    }
                }
            }
            return wrongs;
        });
    }

    private static long number(String value) {
        return value.matches("\\d{1,9}") ? Long.parseLong(value) : -1;
    }

    public static Judge.OfPods encryption() {
        return of(
                APISERVER,
                "keeps secrets in clear text",
                (flags, asked) -> missing(flags, List.of("encryption-provider-config")));
    }

    private static List<Wrong> missing(Flags flags, List<String> wanted) {
        return wanted.stream()
                .filter(flag -> flags.value(flag).isEmpty())
                .map(flag -> new Wrong(flag, "--" + flag + " is not set"))
                .toList();
    }

    public static Judge.OfPods tls() {
        return of(APISERVER, "does not prove or check who is at the other end", (flags, asked) -> {
            List<Wrong> wrongs = new ArrayList<>(missing(
                    flags,
                    List.of(
                            "client-ca-file",
                            "tls-cert-file",
                            "tls-private-key-file",
                            "etcd-cafile",
                            "etcd-certfile",
                            "etcd-keyfile",
                            "kubelet-client-certificate",
                            "kubelet-client-key",
                            "kubelet-certificate-authority")));
            List<String> more = asked.parameters().texts("furtherSuites");
            List<String> weak = flags.items("tls-cipher-suites").stream()
                    .filter(suite -> !STRONG.contains(suite) && !more.contains(suite))
                    .toList();
            if (!weak.isEmpty()) {
                wrongs.add(new Wrong(
                        "tls-cipher-suites", "--tls-cipher-suites has weak ones: " + String.join(", ", weak)));
            }
            if (asked.parameters().flag("cipherSuitesRequired") && !flags.has("tls-cipher-suites")) {
                wrongs.add(new Wrong("tls-cipher-suites", "--tls-cipher-suites is not set"));
            }
            return wrongs;
        });
    }

    /** Of whichever of the three components the pod runs. */
    public static Judge.OfPods diagnostics() {
        return (pod, asked) -> {
            for (String component : new String[] {APISERVER, MANAGER, SCHEDULER}) {
                Optional<Flags> flags = Flags.of(pod, component);
                if (flags.isPresent()) {
                    return answer(
                            component, "tells more than it should", flags.get(), diagnostics(component, flags.get()));
                }
            }
            return Answer.ELSEWHERE;
        };
    }

    private static List<Wrong> diagnostics(String component, Flags flags) {
        List<Wrong> wrongs = new ArrayList<>();
        if (!flags.value("profiling").equals("false")) {
            wrongs.add(new Wrong("profiling", "set --profiling=false"));
        }
        if (!component.equals(APISERVER) && !flags.value("bind-address").equals("127.0.0.1")) {
            wrongs.add(new Wrong("bind-address", "set --bind-address=127.0.0.1"));
        }
        return wrongs;
    }

    public static Judge.OfPods managerCredentials() {
        return of(MANAGER, "does not keep credentials apart", (flags, asked) -> {
            List<Wrong> wrongs = new ArrayList<>();
            if (!flags.value("use-service-account-credentials").equals("true")) {
                wrongs.add(new Wrong("use-service-account-credentials", "set --use-service-account-credentials=true"));
            }
            wrongs.addAll(missing(flags, List.of("root-ca-file", "service-account-private-key-file")));
            if (flags.value("feature-gates").contains("RotateKubeletServerCertificate=false")) {
                wrongs.add(new Wrong("feature-gates", "--feature-gates switches RotateKubeletServerCertificate off"));
            }
            return wrongs;
        });
    }

    public static Judge.OfPods accountTokens() {
        return of(APISERVER, "does not check tokens of service accounts as it should", (flags, asked) -> {
            List<Wrong> wrongs = new ArrayList<>();
            if (flags.value("service-account-lookup").equals("false")) {
                wrongs.add(new Wrong(
                        "service-account-lookup",
                        "--service-account-lookup=false takes tokens of accounts that are gone; remove it"));
            }
            wrongs.addAll(missing(flags, List.of("service-account-key-file")));
            return wrongs;
        });
    }

    public static Judge.OfPods tokenLifetime() {
        return of(
                APISERVER,
                "lets tokens live longer than they say",
                (flags, asked) ->
                        flags.value("service-account-extend-token-expiration").equals("false")
                                ? List.of()
                                : List.of(new Wrong(
                                        "service-account-extend-token-expiration",
                                        "set --service-account-extend-token-expiration=false")));
    }

    /** The flag is a duration as Go writes it; without it the API server waits for a minute. */
    public static Judge.OfPods requestTimeout() {
        return of(APISERVER, "lets requests take too long", (flags, asked) -> {
            if (!flags.has("request-timeout")) {
                return List.of();
            }
            String written = flags.value("request-timeout");
            long most = asked.parameters().number("maxSeconds").longValue();
            Optional<Duration> timeout = GoDuration.of(written);
            if (timeout.isEmpty()) {
                return List.of(new Wrong("request-timeout", "--request-timeout is no duration: " + written));
            }
            boolean within = timeout.get().isPositive() && timeout.get().compareTo(Duration.ofSeconds(most)) <= 0;
            return within
                    ? List.of()
                    : List.of(new Wrong("request-timeout", "--request-timeout is not within " + most + " seconds"));
        });
    }

    /** Without the flag 12,500 pods that ended are kept. */
    public static Judge.OfPods garbage() {
        return of(MANAGER, "keeps pods that ended without end", (flags, asked) -> {
            String flag = "terminated-pod-gc-threshold";
            if (!flags.has(flag)) {
                return asked.parameters().flag("mustBeSet")
                        ? List.of(new Wrong(flag, "--" + flag + " is not set"))
                        : List.of();
            }
            long most = asked.parameters().number("max").longValue();
            long kept = number(flags.value(flag));
            return kept > 0 && kept <= most
                    ? List.of()
                    : List.of(new Wrong(flag, "--" + flag + " is not 1 to " + most));
        });
    }

    public static Judge.OfPods etcd() {
        return of(ETCD, "does not check who is at the other end", (flags, asked) -> {
            List<Wrong> wrongs = new ArrayList<>();
            for (String flag : new String[] {"client-cert-auth", "peer-client-cert-auth"}) {
                if (!flags.value(flag).equals("true")) {
                    wrongs.add(new Wrong(flag, "set --" + flag + "=true"));
                }
            }
            for (String flag : new String[] {"auto-tls", "peer-auto-tls"}) {
                if (flags.value(flag).equals("true")) {
                    wrongs.add(new Wrong(flag, "remove --" + flag));
                }
            }
            wrongs.addAll(missing(flags, List.of("cert-file", "key-file", "peer-cert-file", "peer-key-file")));
            if (flags.has("trusted-ca-file")
                    && flags.value("trusted-ca-file").equals(flags.value("peer-trusted-ca-file"))
                    && asked.parameters().flag("separatePeerAuthority")) {
                wrongs.add(new Wrong("peer-trusted-ca-file", "--peer-trusted-ca-file is that of the clients"));
            }
            return wrongs;
        });
    }
}
