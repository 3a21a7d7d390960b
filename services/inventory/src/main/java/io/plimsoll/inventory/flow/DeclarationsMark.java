package io.plimsoll.inventory.flow;

import com.google.protobuf.ByteString;
import io.plimsoll.api.kernel.v1.Revision;
import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/** The mark that closes the declarations. */
final class DeclarationsMark {

    private DeclarationsMark() {}

    static void write(
            DeclarationsTransaction transaction,
            Map<String, DeclarationsTransaction.Statement> statements,
            long number) {
        MessageDigest digest = Content.sha256();
        new TreeMap<>(statements).forEach((key, statement) -> {
            digest.update(key.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(statement.content().hash());
        });
        byte[] mark = Mark.newBuilder()
                .setWriter(Views.INVENTORY)
                .setRevision(Revision.newBuilder().setNumber(number))
                .setDigest(ByteString.copyFrom(digest.digest()))
                .setRecordCount(statements.size())
                .build()
                .toByteArray();
        transaction.relay(TopicKey.mark("", Views.INVENTORY), mark, new Version(0, number, 0));
    }
}
