package fr.digital113.directory.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which items a text finds, and how many points each of them gets: whole numbers, as ADR 7 has
 * them. A tree of what Lucene finds; {@link PointsQuery} walks over it.
 */
sealed interface Points {

  /** What a tree becomes in one segment; null when it finds nothing there. */
  @Nullable PointsNode in(Segment segment) throws IOException;

  /** Calls somebody for each of Lucene's queries that it is made of. */
  void queries(Consumer<Query> visitor);

  /** Gives the items that queries find in one segment. */
  interface Segment {
    PointsNode.@Nullable Found find(Query query, int points) throws IOException;
  }

  /** The same points for all that a query finds. */
  record Each(int points, Query query) implements Points {
    @Override
    public @Nullable PointsNode in(Segment segment) throws IOException {
      return segment.find(query, points);
    }

    @Override
    public void queries(Consumer<Query> visitor) {
      visitor.accept(query);
    }
  }

  /** What any of these finds, with the most points that one of them gives. */
  record Best(List<Points> ways) implements Points {
    public Best {
      ways = List.copyOf(ways);
    }

    @Override
    public @Nullable PointsNode in(Segment segment) throws IOException {
      List<PointsNode> here = all(ways, segment);
      return here.size() <= 1 ? first(here) : new PointsNode.Best(here);
    }

    @Override
    public void queries(Consumer<Query> visitor) {
      ways.forEach(each -> each.queries(visitor));
    }
  }

  /**
   * What all of {@code required} find, any of {@code optional} where nothing is required, and none
   * of {@code excluded}; with the sum of the points that the first two give.
   */
  record Sum(List<Points> required, List<Points> optional, List<Points> excluded)
      implements Points {
    public Sum {
      required = List.copyOf(required);
      optional = List.copyOf(optional);
      excluded = List.copyOf(excluded);
    }

    static Sum ofAll(List<Points> required) {
      return new Sum(required, List.of(), List.of());
    }

    static Sum ofAny(List<Points> optional) {
      return new Sum(List.of(), optional, List.of());
    }

    @Override
    public @Nullable PointsNode in(Segment segment) throws IOException {
      List<PointsNode> needed = new ArrayList<>(required.size());
      for (Points each : required) {
        PointsNode node = each.in(segment);
        if (node == null) {
          return null; // before all others are looked up in vain
        }
        needed.add(node);
      }
      List<PointsNode> more = all(optional, segment);
      return needed.isEmpty() && more.isEmpty()
          ? null
          : new PointsNode.Sum(needed, more, all(excluded, segment));
    }

    @Override
    public void queries(Consumer<Query> visitor) {
      required.forEach(each -> each.queries(visitor));
      optional.forEach(each -> each.queries(visitor));
      excluded.forEach(each -> each.queries(visitor));
    }
  }

  /** The same items, each with so many points beside its own. */
  record More(Points items, int more) implements Points {
    @Override
    public @Nullable PointsNode in(Segment segment) throws IOException {
      PointsNode here = items.in(segment);
      return here == null ? null : new PointsNode.Moved(here, true, more);
    }

    @Override
    public void queries(Consumer<Query> visitor) {
      items.queries(visitor);
    }
  }

  /** The same items, each with so many points instead of its own. */
  record Flat(Points items, int points) implements Points {
    @Override
    public @Nullable PointsNode in(Segment segment) throws IOException {
      PointsNode here = items.in(segment);
      return here == null ? null : new PointsNode.Moved(here, false, points);
    }

    @Override
    public void queries(Consumer<Query> visitor) {
      items.queries(visitor);
    }
  }

  private static List<PointsNode> all(List<Points> each, Segment segment) throws IOException {
    List<PointsNode> nodes = new ArrayList<>(each.size());
    for (Points points : each) {
      PointsNode node = points.in(segment);
      if (node != null) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  private static @Nullable PointsNode first(List<PointsNode> nodes) {
    return nodes.isEmpty() ? null : nodes.get(0);
  }
}
