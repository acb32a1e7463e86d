package fr.digital113.directory.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventLoopsAliveTest {
  private final EventExecutorGroup group = new DefaultEventExecutorGroup(2);
  private final EventLoopsAlive check = new EventLoopsAlive(group, Duration.ZERO);

  @AfterEach
  void stop() throws InterruptedException {
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
  }

  @Test
  void isDownWhileAnEventLoopDoesNotAnswerAndUpAgainAfter() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    EventExecutor stuck = group.next();
    stuck.execute(() -> await(released));

    assertThat(now()).isEqualTo(answer(Status.UP, 0, 0)); // asked for the first time
    letTheOthersAnswer(stuck);
    assertThat(now()).isEqualTo(answer(Status.DOWN, 1, 0));

    released.countDown();
    stuck.submit(() -> {}).sync();
    assertThat(now()).isEqualTo(answer(Status.UP, 0, 0));
  }

  @Test
  void isDownWhileThreadsWaitForEachOther() throws Exception {
    Lock first = new ReentrantLock();
    Lock second = new ReentrantLock();
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    Thread one = holding(first, second, bothHoldOne);
    Thread other = holding(second, first, bothHoldOne);
    while (one.getState() != Thread.State.WAITING || other.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    HealthCheckResponse deadlocked = check.call().await().indefinitely();
    one.interrupt();
    one.join();
    other.join();

    assertThat(deadlocked.getStatus()).isEqualTo(Status.DOWN);
    assertThat(deadlocked.getData().orElseThrow()).containsEntry("deadlockedThreads", 2L);
    for (EventExecutor each : group) {
      each.submit(() -> {}).sync();
    }
    assertThat(now()).isEqualTo(answer(Status.UP, 0, 0));
  }

  private Map<String, Object> now() {
    HealthCheckResponse answer = check.call().await().indefinitely();
    Map<String, Object> data = answer.getData().orElseThrow();
    return Map.of("name", answer.getName(), "status", answer.getStatus(), "data", data);
  }

  private static Map<String, Object> answer(Status status, long stuck, long deadlocked) {
    return Map.of(
        "name",
        "threads",
        "status",
        status,
        "data",
        Map.of("stuckEventLoops", stuck, "deadlockedThreads", deadlocked));
  }

  private void letTheOthersAnswer(EventExecutor stuck) throws InterruptedException {
    for (EventExecutor each : group) {
      if (each != stuck) {
        each.submit(() -> {}).sync();
      }
    }
  }

  private static Thread holding(Lock held, Lock wanted, CyclicBarrier bothHoldOne) {
    Thread thread =
        new Thread(
            () -> {
              held.lock();
              try {
                bothHoldOne.await();
                wanted.lockInterruptibly();
                wanted.unlock();
              } catch (Exception interrupted) {
                Thread.currentThread().interrupt();
              } finally {
                held.unlock();
              }
            });
    thread.start();
    return thread;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
