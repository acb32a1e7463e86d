package fr.digital113.directory.index;

import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.InvertableType;
import org.apache.lucene.index.IndexableFieldType;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** A field whose terms are there already, as bytes. */
final class TermsField extends Field {
  private final List<BytesRef> terms;
  private final int first;

  /**
   * @param first by how much the position of the first term lies behind that of the text before
   */
  TermsField(String name, IndexableFieldType type, List<BytesRef> terms, int first) {
    super(name, type);
    this.terms = terms;
    this.first = first;
  }

  @Override
  public InvertableType invertableType() {
    return InvertableType.TOKEN_STREAM;
  }

  /** Lucene hands back the stream of the field before: making one takes longer than reading it. */
  @Override
  public TokenStream tokenStream(Analyzer analyzer, @Nullable TokenStream before) {
    Terms stream = before instanceof Terms mine ? mine : new Terms();
    stream.begin(terms, first);
    return stream;
  }

  private static final class Terms extends TokenStream {
    private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
    private List<BytesRef> terms = List.of();
    private int first;
    private int next;

    void begin(List<BytesRef> terms, int first) {
      this.terms = terms;
      this.first = first;
      this.next = 0;
    }

    @Override
    public boolean incrementToken() {
      if (next == terms.size()) {
        return false;
      }
      term.setBytesRef(terms.get(next));
      step.setPositionIncrement(next == 0 ? first : 1);
      next++;
      return true;
    }

    /** None of the terms is at an offset, so that there is no last one to tell. */
    @Override
    public void end() {
      step.setPositionIncrement(0);
    }

    @Override
    public void close() {
      terms = List.of();
      term.setBytesRef(null);
    }
  }
}
