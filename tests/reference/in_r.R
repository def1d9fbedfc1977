# Round classes and recent trends by R.

number <- function(x) sprintf("%.17g", x)
array <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")

rounds <- c()
ranges <- list(
  c(2.136, 76.145), c(0, 1), c(1, 10), c(0.04, 0.37), c(0.3, 0.9), c(-3.25, 2.5), c(-1.234, 0.5), c(0, 2971),
  c(101, 103.7), c(12345678, 98765432), c(-0.00042, -0.00013), c(99.99, 100.01), c(0, 14), c(-1e-9, 7e5), c(7, 61)
)
for (range in ranges) {
  for (k in c(2, 3, 4, 5, 6, 7, 8, 10, 12)) {
    answer <- sprintf('  {"range": %s, "k": %d, "bounds": %s}', array(range), k, array(pretty(range, n = k)))
    rounds <- c(rounds, answer)
  }
}

proportions <- c()
for (numerators in list(c(100, 112, 121, 135, 150), c(150, 135, 121, 112, 100), c(9, 14, 8, 11, 10), c(1, 2, 3, 5, 9))) {
  for (denominators in list(rep(1000, 5), c(310, 295, 330, 412, 288))) {
    chi_squared <- prop.trend.test(numerators, denominators)$statistic
    answer <- '  {"numerators": %s, "denominators": %s, "chi_squared": %s}'
    proportions <- c(proportions, sprintf(answer, array(numerators), array(denominators), number(chi_squared)))
  }
}

values <- c()
for (series in list(c(9, 8, 7, 6.5, 5), c(312.5, 330.1, 305.7, 351.2, 360.9), c(-0.5, 0.25, 0.125, 1, 0.75))) {
  for (errors in list(rep(0.5, 5), c(12.5, 11, 14, 9.75, 10))) {
    # The estimate over its standard error where the errors are known, not estimated from the residuals.
    line <- summary(lm(series ~ seq_along(series), weights = 1 / errors^2))
    chi_squared <- (line$coefficients[2, 1] / (line$coefficients[2, 2] / line$sigma))^2
    lower <- series - 1.96 * errors
    upper <- series + 1.96 * errors
    answer <- '  {"values": %s, "lower": %s, "upper": %s, "chi_squared": %s}'
    values <- c(values, sprintf(answer, array(series), array(lower), array(upper), number(chi_squared)))
  }
}

section <- function(name, answers) paste0(' "', name, '": [\n', paste(answers, collapse = ",\n"), "\n ]")
writeLines(c(
  "{",
  '"command": "Rscript tests/reference/in_r.R > tests/reference/in_r.json",',
  paste0('"versions": {"R": "', R.version$major, ".", R.version$minor, '"},'),
  '"answers": {',
  paste(section("rounds", rounds), section("proportions", proportions), section("values", values), sep = ",\n"),
  "}}"
))
