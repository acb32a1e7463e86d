package fr.digital113.directory.index;

import static fr.digital113.directory.index.KeyType.NUMBER;
import static fr.digital113.directory.index.KeyType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.web.ProblemException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static final List<KeyType> TYPES = List.of(TEXT, NUMBER, TEXT);

  @Test
  void comesBackAsItWas() {
    Cursor cursor = cursor(null, 7L, new BytesRef("id"));

    assertThat(Cursor.decode(cursor.encode(TYPES), 113, TYPES)).isEqualTo(cursor);
  }

  @Test
  void isNoneWithoutTheIdOfAnItem() {
    String forged = cursor(new BytesRef("name"), 7L, null).encode(TYPES);

    assertThatThrownBy(() -> Cursor.decode(forged, 113, TYPES))
        .isInstanceOf(ProblemException.class);
  }

  private static Cursor cursor(@Nullable Object... keys) {
    return new Cursor(113, false, Arrays.asList(keys));
  }
}
