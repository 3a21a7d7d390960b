package io.plimsoll.scanning.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PEP 440 ("Version specifiers", now in the Python packaging specifications), with its normal forms and ordering. A text
 * that is none is ordered as setuptools ordered such legacy versions, {@link LegacyPythonVersion}: below all others.
 */
record PythonVersion(String epoch, List<String> release, Token pre, Token post, Token dev, TokenSequence local)
        implements VersionKey {

    private static final Pattern SHAPE = Pattern.compile("v?(?:(?<epoch>\\d+)!)?(?<release>\\d+(?:\\.\\d+)*)"
            + "(?<pre>[-_.]?(?<preKind>alpha|beta|preview|pre|a|b|c|rc)[-_.]?(?<preNumber>\\d*))?"
            + "(?<post>-(?<postImplied>\\d+)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>\\d*))?"
            + "(?<dev>[-_.]?dev[-_.]?(?<devNumber>\\d*))?"
            + "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

    /** Below, at and above every number: what an absent segment counts as (PEP 440, "Summary of permitted suffixes"). */
    private static final Token LOWEST = Token.mark(-1);

    private static final Token HIGHEST = Token.mark(9);

    static VersionKey read(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher shape = SHAPE.matcher(lower);
        if (shape.matches()) {
            return modern(shape);
        }
        return LegacyPythonVersion.read(lower);
    }

    private static PythonVersion modern(Matcher shape) {
        String epoch = shape.group("epoch");
        boolean hasPre = shape.group("pre") != null;
        boolean hasPost = shape.group("post") != null;
        boolean hasDev = shape.group("dev") != null;
        Token pre;
        if (hasPre) {
            pre = Token.number(phase(shape.group("preKind")), digits(shape.group("preNumber")));
        } else {
            // 1.0.dev1 comes before 1.0a1, 1.0 and 1.0.post1.dev1 after it.
            pre = hasDev && !hasPost ? LOWEST : HIGHEST;
        }
        String implied = shape.group("postImplied");
        Token post = hasPost ? Token.number(0, implied != null ? implied : digits(shape.group("postNumber"))) : LOWEST;
        Token dev = hasDev ? Token.number(0, digits(shape.group("devNumber"))) : HIGHEST;
        return new PythonVersion(
                epoch == null ? "0" : epoch,
                List.of(shape.group("release").split("\\.")),
                pre,
                post,
                dev,
                local(shape.group("local")));
    }

    private static String digits(@Nullable String given) {
        return given == null ? "" : given;
    }

    private static int phase(String kind) {
        return switch (kind.charAt(0)) {
            case 'a' -> 0;
            case 'b' -> 1;
            default -> 2;
        };
    }

    private static TokenSequence local(@Nullable String label) {
        List<Token> parts = new ArrayList<>();
        if (label != null) {
            for (String part : label.split("[-_.]")) {
                parts.add(Decimal.isNumber(part) ? Token.number(1, part) : Token.word(0, part));
            }
        }
        return new TokenSequence(parts, LOWEST);
    }

    @Override
    public int compareWith(VersionKey key) {
        if (!(key instanceof PythonVersion other)) {
            return 1;
        }
        int order = Decimal.compare(epoch, other.epoch);
        order = order != 0 ? order : SemanticVersion.compareNumbers(release, other.release);
        order = order != 0 ? order : pre.compareTo(other.pre);
        order = order != 0 ? order : post.compareTo(other.post);
        order = order != 0 ? order : dev.compareTo(other.dev);
        return order != 0 ? order : local.compareTo(other.local);
    }
}
