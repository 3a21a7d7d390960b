package io.plimsoll.archrules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What may know what. An engine imports {@code java.*}, the kernel, the engines below it and its own data libraries;
 * it knows no framework, no clock and no I/O beyond the streams it is handed.
 */
public final class Walls {

    /** Lines of a source file above which it is two files. */
    static final int LINES_MAX = 500;

    private static final String[] DRAWERS = {"..util..", "..utils..", "..common..", "..helper..", "..impl..", "..dto.."
    };

    private static final String[] FRAMEWORKS = {
        "io.quarkus..",
        "jakarta..",
        "io.smallrye..",
        "org.eclipse.microprofile..",
        "io.grpc..",
        "io.vertx..",
        "org.apache.kafka..",
        "org.hibernate..",
        "picocli..",
        "java.sql..",
        "java.net.http.."
    };

    private Walls() {}

    /**
     * Checks one engine.
     *
     * @param basePackage its root package, for instance {@code io.plimsoll.audit}
     * @param mayKnow packages it may import beyond {@code java..}, itself and the kernel, in ArchUnit's notation
     * @throws AssertionError naming each class that looks through a wall
     */
    public static void holdForEngine(String basePackage, String... mayKnow) {
        JavaClasses engine = productionClasses(basePackage);
        List<String> allowed = new ArrayList<>(
                List.of("java..", "org.jspecify.annotations..", "io.plimsoll.kernel..", basePackage + ".."));
        allowed.addAll(List.of(mayKnow));
        List<ArchRule> rules = List.of(
                classes()
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(allowed.toArray(String[]::new))
                        .because("an engine imports java.*, the kernel and its own data libraries only"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(FRAMEWORKS)
                        .because("engines know, services run"),
                noClasses()
                        .should()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(java.time.Clock.class, "systemUTC")
                        .because("time comes in as a value: same input, same bytes"),
                noClasses()
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .because("an engine answers, it does not print"));
        rules.forEach(rule -> rule.check(engine));
        roomsAreNamed(basePackage);
        filesAreSmall();
    }

    /** Checks one service: no drawers, no giant files, and, where {@code frameworkFree}, no Quarkus. */
    public static void holdForService(String basePackage, boolean frameworkFree) {
        if (frameworkFree) {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "io.vertx..")
                    .because("the command line starts in a blink: engines yes, Quarkus never")
                    .check(productionClasses(basePackage));
        }
        roomsAreNamed(basePackage);
        filesAreSmall();
    }

    private static void roomsAreNamed(String basePackage) {
        noClasses()
                .should()
                .resideInAnyPackage(DRAWERS)
                .because("rooms are named after what they hold")
                .check(productionClasses(basePackage));
    }

    private static void filesAreSmall() {
        List<String> tooLong = new ArrayList<>();
        for (String root : List.of("src/main/java", "src/test/java")) {
            Path folder = Path.of(root);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    try (Stream<String> lines = Files.lines(file)) {
                        long count = lines.count();
                        if (count > LINES_MAX) {
                            tooLong.add(file + ": " + count + " lines");
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (!tooLong.isEmpty()) {
            throw new AssertionError("files over " + LINES_MAX + " lines are two files: " + tooLong);
        }
    }

    private static JavaClasses productionClasses(String basePackage) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(basePackage);
    }
}
