package fr.digital113.directory.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder of everything that the program keeps outside a configured database. Its parts are made
 * when they are first asked for, readable by their owner only: uploads and the private index hold
 * confidential values.
 */
public record DataFolder(Path root) {
  public static final String DEFAULT = "data";

  private static final String LOCK_FILE = "lock";

  public DataFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** The Lucene index of what is public. */
  public Path index() {
    return part("index");
  }

  /** The Lucene index of everything, for the team. */
  public Path privateIndex() {
    return part("private-index");
  }

  /** Files that imports were given. */
  public Path uploads() {
    return part("uploads");
  }

  /** Request bodies while they arrive; application.properties points Quarkus here. */
  public Path incoming() {
    return part("uploads/incoming");
  }

  /** The journal of erasures. */
  public Path erasures() {
    return part("erasures");
  }

  /**
   * The mark of a restore into this folder, from its beginning until the first start has given the
   * database a new epoch. It may be missing.
   */
  public Path restored() {
    return root.resolve("restored");
  }

  /** The embedded PostgreSQL: programs, cluster, password, logs. */
  Path postgresql() {
    return part("postgresql");
  }

  /**
   * Takes the folder for this process, making it where needed. The operating system gives it back
   * when the process ends, however it ends.
   *
   * @throws StartupFailure when it cannot be made or written, or another process has it
   */
  public Lock lock() {
    create(root);
    try {
      FileChannel channel =
          FileChannel.open(
              root.resolve(LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      // The locked byte lies far behind the text: Windows would not let others read a locked one.
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new StartupFailure(
            "The data folder %s is in use by another instance (process %s). Stop that one, or set DIRECTORY_DATA_DIR to another folder."
                .formatted(root, Files.readString(root.resolve(LOCK_FILE)).strip()));
      }
      byte[] holder = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0).write(ByteBuffer.wrap(holder));
      return new Lock(channel);
    } catch (IOException e) {
      throw new StartupFailure(
          "The data folder %s cannot be written (%s). Make it writable for this user, or set DIRECTORY_DATA_DIR to another folder."
              .formatted(root, StartupFailure.reason(e)));
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private Path part(String name) {
    Path part = root.resolve(name);
    create(part);
    return part;
  }

  /** A configured folder outside of this one, made for its owner only where it is missing. */
  public static Path made(Path folder) {
    create(folder);
    return folder;
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
    } catch (IOException e) {
      throw new StartupFailure(
          "The data folder %s cannot be created (%s). %s, or set DIRECTORY_DATA_DIR to another folder."
              .formatted(
                  folder,
                  StartupFailure.reason(e),
                  e instanceof FileAlreadyExistsException
                      ? "Move it away"
                      : "Make its parent writable for this user"));
    }
  }

  /** The permissions to create a file or folder with; none where the file system has no such. */
  public static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Held for as long as the program runs. */
  public static final class Lock implements AutoCloseable {
    private final FileChannel channel;

    private Lock(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
