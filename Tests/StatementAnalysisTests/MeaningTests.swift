// SPDX-License-Identifier: Apache-2.0

// What a ratio does not say: of a divisor that is not above zero, and of sums of which no part is
// known.

import CreditFacts
import StatementAnalysis
import Testing

@Suite struct MeaningTests {
    private func results(
        _ lines: String,
        form: StatementForm = .complete,
        previous: String? = nil
    ) throws -> [String: FormulaResult] {
        let results = StatementFormulas.of(form).results(
            of: try TestStatement.make(lines, scale: 1_000, form: form),
            previous: try previous.map { try TestStatement.make($0, scale: 1_000, form: form) },
            priceIndex: 1_000,
            marketValue: 1_000_000
        )
        return Dictionary(uniqueKeysWithValues: results.map { ($0.formula.name, $0) })
    }

    /// The worked statement with other lines.
    private func worked(_ changes: String) -> String { Worked.lines + " " + changes }

    private func reason(_ divisor: String, isZero: Bool = false) -> FormulaResult.Reason? {
        .notMeaningful(divisor: divisor, isZero: isZero)
    }

    // MARK: Divisors

    @Test(arguments: [("DL -1500 DO 0", false), ("DL 0 DO 0", true), ("DL -10 DO 9.99", false)])
    func debtToEquityOfNoEquity(lines: String, isZero: Bool) throws {
        let result = try #require(try results(worked(lines))["taux_d_endettement"])
        #expect(result.value == nil)
        #expect(result.reason == reason("fonds_propres", isZero: isZero))
        let words = result.reason.map { ($0.text(inFrench: false), $0.text(inFrench: true)) }
        #expect(words?.0 == "not meaningful: equity \(isZero ? "is zero" : "is negative")")
        #expect(
            words?.1
                == "non significatif, valeur \(isZero ? "nulle" : "négative") : capitaux propres"
        )
    }

    /// A firm whose costs exceed what it earns: charges over a negative EBITDA look low.
    @Test func coverageAndRepaymentOfALoss() throws {
        let all = try results(worked("FW 3000 GG -1788 GW -1830 HN -1833"))
        #expect(all["couverture_des_interets"]?.reason == reason("ebe"))
        #expect(all["capacite_de_remboursement"]?.reason == reason("caf"))
        #expect(
            all["couverture_des_interets"]?.reason?.text(inFrench: false)
                == "not meaningful: EBITDA (EBE) is negative"
        )
        // What a loss does say stays.
        #expect((all["marge_ebe"]?.value ?? 0) < 0)
        #expect((all["caf_sur_ca"]?.value ?? 0) < 0)
        #expect((try results(worked("DL -1500"))["autonomie_financiere"]?.value ?? 0) < 0)
    }

    /// The model adds interest over EBITDA with a minus, and staff over value added with another:
    /// a failing firm got a better value for having none.
    @Test func noModelIsSafeByASign() throws {
        let before = "AN 100 AP 800 AR 1000 AT 200 FL 4000 FS 500 FU 900 FW 400"
        let failing = worked("FU 5000 GG -3438 GW -3480 HN -3483 DL -2520")
        let all = try results(failing, previous: before)
        #expect(all["banque_de_france_z"]?.reason == reason("ebe"))
        #expect(all["conan_holder_n"]?.reason == reason("valeur_ajoutee"))
        #expect(all["banque_de_france_z"]?.value == nil && all["conan_holder_n"]?.value == nil)
        let years = StatementYears(
            try TestStatement.make(failing, scale: 1_000),
            previous: try TestStatement.make(before, scale: 1_000),
            priceIndex: 1_000
        )
        let comparison = ModelComparison(
            StatementFormulas.complete.figures(of: years),
            of: years,
            showsOff: true
        )
        #expect(comparison.sound.isEmpty, "\(comparison.sound)")
        #expect(comparison.opinions.allSatisfy { $0.zone == nil || $0.result.value != nil })
    }

    /// Every divisor in the table is one that has to be above zero, or cannot be negative.
    @Test func everyDivisorIsLookedAt() {
        for formulas in [StatementFormulas.complete, .simplified] {
            let texts = Dictionary(
                uniqueKeysWithValues: formulas.formulas.map { ($0.name, $0.text) }
            )
            for formula in formulas.formulas where formula.off.isEmpty {
                for divisor in divisors(formula.text) {
                    let isNamed = formula.positives.contains { name in
                        name == divisor || texts[name] == divisor
                    }
                    let isSafe = divisor.hasPrefix("(abs") || divisor.hasPrefix("abs")
                    let isGiven = divisor == "price_index" || Double(divisor) != nil
                    #expect(isNamed || isSafe || isGiven, "\(formula.name): \(divisor)")
                }
                for name in formula.positives { #expect(formulas.place(name) != nil, "\(name)") }
            }
        }
    }

    /// What stands behind each "/" of a formula.
    private func divisors(_ text: String) -> [String] {
        text.split(separator: "/").dropFirst().map { rest in
            let plain = rest.drop { $0 == " " }
            let name = plain.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
            return name.isEmpty ? String(plain.prefix(4)) : String(name)
        }
    }

    /// Amounts of any sign: no value ever stands on a divisor that is not above zero.
    @Test func randomSigns() throws {
        var random = SystemRandomNumberGenerator()
        let codes = Worked.lines.split(separator: " ").enumerated()
            .filter { $0.offset % 2 == 0 }.map { String($0.element) }
        for _ in 0..<300 {
            let lines = codes.map { "\($0) \(Int.random(in: -900...900, using: &random))" }
                .joined(separator: " ")
            let all = try results(lines)
            for (name, result) in all where result.value != nil {
                for divisor in result.formula.positives {
                    guard let value = all[divisor]?.value else { continue }
                    #expect(value > 0, "\(name) over \(divisor)")
                }
                #expect(result.value?.isFinite == true, "\(name)")
            }
        }
    }

    // MARK: What is not known

    /// Purchases that nobody typed in are not none.
    @Test func noMarginWithoutPurchases() throws {
        let all = try results("FJ 750 FL 750 HN -12 CO 900 1A 210 EE 690 BJ 500 BK 200 DI -12")
        let names = "marge_brute ebe valeur_ajoutee marge_ebe couverture_des_interets"
        for name in names.split(separator: " ").map(String.init) {
            guard case .missing = all[name]?.reason else {
                Issue.record("\(name): \(String(describing: all[name]?.value))")
                continue
            }
        }
        #expect(all["chiffre_d_affaires"]?.value == 750_000)
        #expect(all["actif_moins_passif"]?.value == 0)
    }

    /// A firm of services buys no goods: its blanks are zeros, since other costs are there.
    @Test func blanksBesideOtherCostsAreZeros() throws {
        let all = try results("FG 750 FL 750 FW 100 FY 300 FZ 120 GG 200 GW 190 HN 150")
        #expect(all["marge_brute"]?.value == 750_000)
        #expect(all["ebe"]?.value == 230_000)
    }

    /// Every formula of which all summands are blank is silent: only totals are there.
    @Test func totalsAloneGiveNoParts() throws {
        let totals = """
            CO 900 1A 100 CJ 500 CK 0 EE 800 DL 300 EC 500 FL 1000 GG 50 GW 40 HN 30 BJ 400
            """
        let all = try results(totals)
        let silent = """
            marge_brute ebe taux_d_endettement ratio_de_liquidite bfr caf caf_sur_ca \
            capacite_de_remboursement rotation_des_stocks_jours credit_clients_jours \
            credit_fournisseurs_jours valeur_ajoutee frng tresorerie_nette altman_z_private \
            conan_holder_n springate_s marge_commerciale production_exercice
            """.split(separator: " ").map(String.init)
        for name in silent { #expect(all[name]?.value == nil, "\(name)") }
        let simple = try results(
            "096 500 098 0 110 900 112 100 142 300 176 500 180 800 210 1000 270 50 310 30 028 9",
            form: .simplified
        )
        for name in silent where name != "production_exercice" {
            #expect(simple[name] == nil || simple[name]?.value == nil, "simplified \(name)")
        }
        #expect(simple["ratio_de_vetuste"]?.value == nil)
    }

    /// What bundles are given keeps to the same.
    @Test func inputsOfBundlesAreNotMadeUp() throws {
        let totals = "CO 900 1A 100 CJ 500 CK 0 EE 800 DL 300 EC 500 FL 1000 GG 50 HN 30"
        let statement = try TestStatement.make(totals)
        let values = StatementFormulas.completeInputs.results(of: statement)
        let known = values.filter { $0.value != nil }.map(\.formula.name)
        #expect(
            Set(known) == [
                "total_assets", "current_assets", "total_liabilities", "net_sales", "ebit",
                "net_income",
            ]
        )
    }

    /// A part that is not known makes the whole unknown, of the year before too.
    @Test func needsAreHandedOn() throws {
        let all = try results(
            Worked.lines,
            previous: "HN 90 FL 4000 AN 1 AP 1 AR 1 AT 1"
        )
        guard case .missingBefore(let lines) = all["banque_de_france_z"]?.reason else {
            Issue.record("\(String(describing: all["banque_de_france_z"]?.reason))")
            return
        }
        #expect(lines.map(\.description).contains("FS"))
    }

    /// Sales of goods stand in the total, or in its parts.
    @Test func salesOfGoodsByTheirParts() throws {
        let all = try results("FA 100 FB 20 FD 300 FL 420 FS 60 FT -5 FW 10")
        #expect(all["marge_commerciale"]?.value == 65_000)
        #expect(all["production_exercice"]?.value == 300_000)
        let total = try results("FA 100 FB 20 FC 120 FD 300 FL 420 FS 60 FW 10")
        #expect(total["marge_commerciale"]?.value == 60_000)
    }
}
