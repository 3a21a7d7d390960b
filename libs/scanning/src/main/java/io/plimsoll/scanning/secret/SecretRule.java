package io.plimsoll.scanning.secret;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One kind of credential.
 *
 * @param id short and stable
 * @param anchor a text that every match contains, looked for first: searching a text is far cheaper than a pattern
 * @param pattern what it looks like, from a little before the anchor on; group 1 is the secret itself
 */
record SecretRule(String id, String title, String anchor, Pattern pattern) {

    /** Formats whose issuers gave them a mark, so that a match is hardly ever chance; and assignments by name. */
    static final List<SecretRule> ALL = List.of(
            rule(
                    "private-key",
                    "Private key",
                    "PRIVATE KEY-----",
                    "-----BEGIN (?:[A-Z]+ )*(PRIVATE KEY-----\\s+[A-Za-z0-9+/=]{20})"),
            rule("aws-access-key", "AWS access key id", "AKIA", "(?<![A-Z0-9])(AKIA[A-Z2-7]{16})(?![A-Z0-9])"),
            rule(
                    "aws-secret-key",
                    "AWS secret access key",
                    "aws_secret_access_key",
                    "aws_secret_access_key\\s*[=:]\\s*[\"']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])"),
            rule("github-token", "GitHub token", "ghp_", "(?<![A-Za-z0-9])(ghp_[A-Za-z0-9]{36,})"),
            rule("github-token", "GitHub token", "gho_", "(?<![A-Za-z0-9])(gho_[A-Za-z0-9]{36,})"),
            rule("github-token", "GitHub token", "ghu_", "(?<![A-Za-z0-9])(ghu_[A-Za-z0-9]{36,})"),
            rule("github-token", "GitHub token", "ghs_", "(?<![A-Za-z0-9])(ghs_[A-Za-z0-9]{36,})"),
            rule("github-token", "GitHub token", "ghr_", "(?<![A-Za-z0-9])(ghr_[A-Za-z0-9]{36,})"),
            rule("gitlab-token", "GitLab token", "glpat-", "(?<![A-Za-z0-9])(glpat-[A-Za-z0-9_-]{20,})"),
            rule("slack-token", "Slack token", "xox", "(?<![A-Za-z0-9])(xox[abpr]-[0-9]{8,}-[A-Za-z0-9-]{10,})"),
            rule("stripe-key", "Stripe secret key", "k_live_", "(?<![A-Za-z0-9])([sr]k_live_[A-Za-z0-9]{20,})"),
            rule("google-key", "Google API key", "AIza", "(?<![A-Za-z0-9])(AIza[A-Za-z0-9_-]{35})(?![A-Za-z0-9_-])"),
            rule("npm-token", "npm token", "npm_", "(?<![A-Za-z0-9])(npm_[A-Za-z0-9]{36})(?![A-Za-z0-9])"),
            rule(
                    "registry-auth",
                    "Container registry credentials",
                    "\"auth\"",
                    "\"auth\"\\s*:\\s*\"([A-Za-z0-9+/]{8,}={0,2})\""),
            rule(
                    "url-password",
                    "Password in a URL",
                    "://",
                    "(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\\+srv)?|redis|amqps?|https?)://[^\\s:/@\"'<>${}]{1,64}:([^\\s:/@\"'<>${}]{3,100})@[A-Za-z0-9]"));

    private static SecretRule rule(String id, String title, String anchor, String pattern) {
        return new SecretRule(id, title, anchor, Pattern.compile(pattern));
    }
}
