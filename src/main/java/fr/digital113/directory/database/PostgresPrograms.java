package fr.digital113.directory.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.io.file.PathUtils;
import org.apache.commons.lang3.SystemUtils;

/**
 * The programs of PostgreSQL that come with this one: {@code initdb}, {@code pg_ctl}, {@code
 * postgres}.
 *
 * <p>The archive is zonky's, and so is what knows the platform and how root may run them. Its
 * {@code EmbeddedPostgres} is not used: made for tests, it trusts every local user, switches fsync
 * off, waits out its whole time limit when the server fails at once, and leaves half-extracted
 * programs in place.
 */
record PostgresPrograms(Path home) {

  /** The programs in a folder, extracted when they are not there yet (60 MB). */
  static PostgresPrograms in(Path folder) throws IOException {
    byte[] archive = archive();
    Path home = folder.resolve("programs-" + checksum(archive));
    if (!Files.exists(home)) {
      Path unfinished = folder.resolve("programs.new"); // renamed when whole: a kill leaves no half
      delete(unfinished);
      extract(archive, unfinished);
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
      deleteOthers(folder, home);
    }
    return new PostgresPrograms(home);
  }

  /**
   * Runs a program until it ends.
   *
   * @param output the file that takes what it prints; a pipe would stay open in the server
   * @return its exit code
   */
  int run(Path output, String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      command.addAll(List.of("unshare", "-U")); // PostgreSQL refuses to be root: here it is nobody
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    builder.redirectErrorStream(true).redirectOutput(Redirect.to(output.toFile()));
    Process process = builder.start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for " + program, e);
    }
  }

  private static byte[] archive() throws IOException {
    String system =
        SystemUtils.IS_OS_WINDOWS ? "Windows" : SystemUtils.IS_OS_MAC ? "Darwin" : "Linux";
    String architecture = SystemUtils.OS_ARCH.equals("amd64") ? "x86_64" : SystemUtils.OS_ARCH;
    try (InputStream resource =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, architecture)) {
      return resource.readAllBytes();
    } catch (IllegalStateException missing) {
      throw new StartupFailure(
          "This build carries no PostgreSQL for %s on %s. Configure a server with QUARKUS_DATASOURCE_JDBC_URL, or build on this platform."
              .formatted(system, architecture));
    }
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(path, target.resolve(entry.getLinkName()).normalize());
        } else {
          Files.copy(tar, path);
          if (path.startsWith(target.resolve("bin")) && !path.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + path + " executable");
          }
        }
      }
    }
  }

  /** Tells one archive from another; found at each start, so nothing slower. */
  private static String checksum(byte[] archive) {
    CRC32 checksum = new CRC32();
    checksum.update(archive);
    return "%08x-%d".formatted(checksum.getValue(), archive.length);
  }

  /** The programs of a version before: nobody runs them, as this process has the folder. */
  private static void deleteOthers(Path folder, Path home) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "programs-*")) {
      for (Path each : all) {
        if (!each.equals(home)) {
          delete(each);
        }
      }
    }
  }

  /** Deletes a folder and what is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      PathUtils.deleteDirectory(folder);
    }
  }
}
