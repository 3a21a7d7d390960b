package io.plimsoll.networksegmentation.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharedWorkTest {

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoFindsNoTurnIsAskedToComeAgain() {
        SharedWork shared = new SharedWork(1, Duration.ofMillis(20));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> shared.run(() -> {
            begun.countDown();
            waitFor(end);
            return "first";
        }));
        waitFor(begun);
        assertThatThrownBy(() -> shared.run(() -> "second")).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.problem()).isEqualTo(Problem.TOO_MANY);
            assertThat(problem.retryAfter()).isNotNull();
        });
        end.countDown();
        assertThat(first.join()).isEqualTo("first");
        assertThat(shared.run(() -> "third")).isEqualTo("third");
    }

    @Test
    void aTurnIsGivenBackByWorkThatFails() {
        SharedWork shared = new SharedWork(1, Duration.ofMillis(20));
        assertThatThrownBy(() -> shared.run(() -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(shared.run(() -> 1)).isEqualTo(1);
    }

    @Test
    void workIsDoneOnceForAllWhoAsk() {
        SharedWork shared = new SharedWork(4, Duration.ofSeconds(30));
        AtomicInteger times = new AtomicInteger();
        Once<Integer> once = new Once<>(times::incrementAndGet);
        assertThat(IntStream.range(0, 50).parallel().map(n -> once.get(shared))).containsOnly(1);
        assertThat(times).hasValue(1);
    }

    @Test
    void aFailureIsNotKept() {
        SharedWork shared = new SharedWork(1, Duration.ofSeconds(1));
        AtomicInteger times = new AtomicInteger();
        Once<Integer> once = new Once<>(() -> {
            if (times.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
            }
            return times.get();
        });
        assertThatThrownBy(() -> once.get(shared)).hasMessage("once");
        assertThat(once.get(shared)).isEqualTo(2);
    }

    @Test
    void aPageIsHandedOutWhenItsTimeIsOver() {
        Rows.Page<Integer> page = Rows.page(
                5, part -> Stream.of(part * 10, part * 10 + 1), new Rows.Position(1, 1), 100, Until.in(Duration.ZERO));
        assertThat(page.rows()).containsExactly(11);
        assertThat(page.next()).contains(new Rows.Position(2, 0));
    }
}
