package fr.digital113.directory.formats;

import com.fasterxml.jackson.core.JsonpCharacterEscapes;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;

/** Lets no text end the {@code script} element that it is put in, nor a line of it. */
final class ScriptEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1L;

  private final CharacterEscapes lineEnds = JsonpCharacterEscapes.instance();
  private final int[] ascii = standardAsciiEscapesForJSON();

  ScriptEscapes() {
    ascii['<'] = ESCAPE_STANDARD;
    ascii['>'] = ESCAPE_STANDARD;
    ascii['&'] = ESCAPE_STANDARD;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii;
  }

  @Override
  public SerializableString getEscapeSequence(int character) {
    return lineEnds.getEscapeSequence(character);
  }
}
