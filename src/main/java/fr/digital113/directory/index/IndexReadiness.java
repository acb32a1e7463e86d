package fr.digital113.directory.index;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Ready as soon as there is a snapshot to read; a database that is away is told, and does not stop
 * reads. Started means the same, once: the port opens behind the index. Asynchronous, and without a
 * wait for anything: reads go on from memory while all worker threads wait for that database.
 */
@Startup
@Readiness
@Singleton
class IndexReadiness implements AsyncHealthCheck {
  private final DirectoryIndex index;
  private final IndexFollower follower;

  IndexReadiness(DirectoryIndex index, IndexFollower follower) {
    this.index = index;
    this.follower = follower;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom().item(this::state);
  }

  private HealthCheckResponse state() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("index").status(index.isReady());
    if (index.isReady()) {
      try (Snapshot snapshot = index.acquire()) {
        answer.withData("revision", snapshot.revision());
      }
    }
    return answer
        .withData("missingItems", index.missing())
        .withData(
            "privateIndex", index.isPrivateReady() ? "ready" : "not asked for, or being built")
        .withData("database", follower.isDatabaseUp() ? "up" : "away")
        .build();
  }
}
