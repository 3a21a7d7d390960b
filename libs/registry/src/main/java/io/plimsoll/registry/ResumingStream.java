package io.plimsoll.registry;

import io.plimsoll.registry.Http.Answer;
import io.plimsoll.registry.RegistryProblem.Reason;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A blob that goes on where the connection broke: asks for the rest by range (RFC 9110 section 14.2), and where the
 * registry starts anew passes over what was read. Whether it all fits together the digest says.
 */
final class ResumingStream extends InputStream {

    private final Repository repository;
    private final String path;
    private @Nullable Answer answer;
    private long read;
    private long total = -1;
    private int resumed;

    ResumingStream(Repository repository, String path) throws IOException {
        this.repository = repository;
        this.path = path;
        this.answer = repository.open(path, "", 0);
        this.total = answer.header("Content-Length")
                .filter(length -> length.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
        while (true) {
            IOException broken;
            try {
                Answer from = answer == null ? reopen() : answer;
                answer = from;
                int count = from.body().read(into, start, length);
                if (count >= 0 || total < 0 || read >= total) {
                    read += Math.max(0, count);
                    return count;
                }
                broken = new RegistryProblem(Reason.UNREACHABLE, "the connection ended after " + read + " of " + total);
            } catch (RegistryProblem e) {
                if (e.reason() != Reason.UNREACHABLE) {
                    throw e;
                }
                broken = e;
            } catch (IOException e) {
                broken = new RegistryProblem(Reason.UNREACHABLE, "the connection broke after " + read + " bytes");
            }
            drop();
            if (++resumed > repository.attemptsMax()) {
                throw broken;
            }
        }
    }

    private Answer reopen() throws IOException {
        Answer again = repository.open(path, "", read);
        if (read > 0 && again.status() == 200) {
            again.body().skipNBytes(read);
        } else if (again.status() == 206
                && !again.header("Content-Range").orElse("").startsWith("bytes " + read + "-")) {
            again.close();
            throw new RegistryProblem(Reason.UNEXPECTED_ANSWER, "the registry resumed at another place");
        }
        return again;
    }

    private void drop() throws IOException {
        if (answer != null) {
            answer.close();
            answer = null;
        }
    }

    @Override
    public void close() throws IOException {
        drop();
    }
}
