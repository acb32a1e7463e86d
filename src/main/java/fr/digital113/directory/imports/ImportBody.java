package fr.digital113.directory.imports;

import fr.digital113.directory.limits.LargeBody;
import jakarta.inject.Singleton;

/** Files are larger than any other body. */
@Singleton
class ImportBody implements LargeBody {
  private final long maxSize;

  ImportBody(ImportSettings settings) {
    this.maxSize = settings.maxSize().asLongValue();
  }

  @Override
  public String path() {
    return "/v1/imports";
  }

  @Override
  public long maxSize() {
    return maxSize;
  }
}
