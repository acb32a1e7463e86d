/** What every HTTP answer shares: problems, parameters, paging, languages, caching headers. */
@NullMarked
package fr.digital113.directory.web;

import org.jspecify.annotations.NullMarked;
