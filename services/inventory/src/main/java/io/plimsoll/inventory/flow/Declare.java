package io.plimsoll.inventory.flow;

import io.plimsoll.api.declarations.v1.DeclarationRecord;
import io.plimsoll.assessment.declaration.DeclarationsReader;
import io.plimsoll.inventory.publish.ClusterRecords;
import io.plimsoll.inventory.publish.Stamped;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.DeclaredScope;
import io.plimsoll.kernel.declaration.DeclaredTeam;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.DeclarationsCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of declarations replaces those of its source, whole or not at all. Clusters that may look different after it wait to be computed
 * anew; that they wait is committed with it. Any thread.
 */
public final class Declare {

    /** Largest file, in bytes. */
    public static final int BYTES_MAX = 4 << 20;

    private final InventoryStore store;
    private final Step.Watcher steps;

    public Declare(InventoryStore store, Step.Watcher steps) {
        this.store = store;
        this.steps = steps;
    }

    /**
     * @param file its name in messages and sources; empty means the source's
     * @param idempotencyKey empty: no such care
     * @return once it is committed
     * @throws ProblemException when it is refused, naming file, line and field: nothing of it is kept then
     */
    public DeclareOutcome put(String source, String file, byte[] document, String idempotencyKey) {
        UploadOrder.checkSource(source);
        UploadOrder.checkKey(idempotencyKey);
        Declarations said = read(file.isEmpty() ? source : FileName.checked(file), document);
        SortedMap<String, Content> statements = new TreeMap<>();
        for (Map.Entry<String, DeclarationRecord> each :
                DeclarationsCodec.toWire(said, 0).entrySet()) {
            statements.put(ClusterRecords.key(each.getKey()), content(each.getKey(), each.getValue()));
        }
        String key = idempotencyKey.isEmpty() ? "" : "declarations " + source + " " + idempotencyKey;
        DeclareOutcome outcome = store.inDeclarations(transaction -> put(source, statements, key, transaction));
        steps.after(Step.COMMITTED);
        return outcome;
    }

    private static Content content(String key, DeclarationRecord record) {
        byte[] bytes = DeclarationsCodec.content(record);
        if (bytes.length > ClusterRecords.VALUE_BYTES_MAX - 64) {
            throw new ProblemException(Problem.TOO_LARGE, "the declaration " + key + " is more than a record holds")
                    .over(ClusterRecords.VALUE_BYTES_MAX + " bytes");
        }
        return new Content(bytes);
    }

    private static Declarations read(String file, byte[] document) {
        if (document.length > BYTES_MAX) {
            throw new ProblemException(Problem.TOO_LARGE, "declarations of " + document.length + " bytes")
                    .at(file)
                    .over(BYTES_MAX + " bytes");
        }
        try {
            return DeclarationsReader.read(file, new ByteArrayInputStream(document));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.UNPROCESSABLE, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DeclareOutcome put(
            String source, SortedMap<String, Content> statements, String key, DeclarationsTransaction transaction) {
        steps.after(Step.LOCKED);
        if (!key.isEmpty()) {
            var answered = transaction.answered(key);
            if (answered.isPresent()) {
                return answered.get();
            }
        }
        Map<String, DeclarationsTransaction.Statement> before = transaction.statements();
        SortedMap<String, Content> changed = new TreeMap<>();
        List<String> withdrawn = new ArrayList<>();
        statements.forEach((name, content) -> {
            DeclarationsTransaction.Statement known = before.get(name);
            if (known != null && !known.source().equals(source)) {
                throw new ProblemException(
                        Problem.UNPROCESSABLE,
                        "the declaration " + name + " is made by source " + known.source() + " already");
            }
            if (known == null || !Arrays.equals(known.content().hash(), content.hash())) {
                changed.put(name, content);
            }
        });
        before.forEach((name, statement) -> {
            if (statement.source().equals(source) && !statements.containsKey(name)) {
                withdrawn.add(name);
            }
        });
        long number = transaction.number();
        if (!changed.isEmpty() || !withdrawn.isEmpty()) {
            number++;
            write(transaction, source, before, changed, withdrawn, number);
        }
        DeclareOutcome outcome = new DeclareOutcome(number, changed.size(), withdrawn.size());
        if (!key.isEmpty()) {
            transaction.remember(key, outcome);
        }
        return outcome;
    }

    private void write(
            DeclarationsTransaction transaction,
            String source,
            Map<String, DeclarationsTransaction.Statement> before,
            SortedMap<String, Content> changed,
            List<String> withdrawn,
            long number) {
        Map<String, DeclarationsTransaction.Statement> after = new TreeMap<>(before);
        withdrawn.forEach(after::remove);
        changed.forEach(
                (name, content) -> after.put(name, new DeclarationsTransaction.Statement(source, content, number)));
        Declarations now = declarations(after.values());
        oneOwner(now.teams());
        transaction.publish(source, changed, number);
        transaction.withdraw(withdrawn, number);
        steps.after(Step.DECLARED);
        DeclarationsMark.write(transaction, after, number);
        steps.after(Step.MARKED);
        Declarations then = declarations(before.values());
        transaction.pending(transaction.clusters().stream()
                .filter(cluster -> !Effective.of(then, cluster).equals(Effective.of(now, cluster)))
                .toList());
        transaction.accept(number);
        steps.after(Step.ACCEPTED);
    }

    static Declarations declarations(Collection<DeclarationsTransaction.Statement> statements) {
        return DeclarationsCodec.fromRecords(statements.stream()
                .map(each -> Stamped.at(each.number(), each.content().bytes()))
                .toList());
    }

    /** Each file holds to this by itself; two files may not. */
    private static void oneOwner(List<DeclaredTeam> teams) {
        Map<DeclaredScope.Namespace, String> owners = new HashMap<>();
        for (DeclaredTeam team : teams) {
            for (DeclaredScope.Namespace namespace : team.namespaces()) {
                String other = owners.put(namespace, team.name());
                if (other != null && !other.equals(team.name())) {
                    throw new ProblemException(
                            Problem.UNPROCESSABLE,
                            "namespace " + namespace.cluster() + "/" + namespace.namespace() + " would have two teams: "
                                    + other + " and " + team.name());
                }
            }
        }
    }
}
