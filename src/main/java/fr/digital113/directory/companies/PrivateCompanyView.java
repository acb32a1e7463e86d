package fr.digital113.directory.companies;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A company as the team and the company itself see it: as everybody does, with its exact headcount.
 */
record PrivateCompanyView(@JsonUnwrapped CompanyView company, @Nullable Integer headcount) {

  static PrivateCompanyView of(CompanyView company, JsonNode document) {
    JsonNode headcount = document.path("headcount");
    return new PrivateCompanyView(company, headcount.isInt() ? headcount.intValue() : null);
  }
}
