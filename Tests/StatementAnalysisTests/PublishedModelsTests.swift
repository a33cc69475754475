// SPDX-License-Identifier: Apache-2.0

// Published models: worked values, zones, what is off, and whether they disagree.

import CreditFacts
import Documents
import StatementAnalysis
import Testing

@Suite struct PublishedModelsTests {
    private func comparison(
        _ lines: String,
        scale: Int64 = 1_000,
        previous: String? = nil,
        marketValue: Double? = nil,
        zones: ModelZones = .standard,
        showsOff: Bool = false
    ) throws -> ModelComparison {
        let years = StatementYears(
            try TestStatement.make(lines, scale: scale),
            previous: try previous.map { try TestStatement.make($0, scale: scale) },
            priceIndex: 1_000,
            marketValue: marketValue
        )
        let figures = StatementFormulas.complete.figures(of: years)
        return ModelComparison(figures, of: years, zones: zones, showsOff: showsOff)
    }

    private func opinion(_ comparison: ModelComparison, _ name: String) throws -> ModelOpinion {
        try #require(comparison.opinions.first { $0.result.formula.name == name })
    }

    /// The worked statement with a market value of 1,500 k; by a script apart from the product:
    /// 1.2·320/3050 + 1.4·413/3050 + 3.3·162/3050 + 0.6·1500/1910 + 4800/3050.
    @Test func theWorkedStatement() throws {
        let all = try comparison(
            Worked.lines,
            previous: "HN 90",
            marketValue: 1_500_000,
            showsOff: true
        )
        let expected = """
            altman_z 2.5357 grey altman_z_private 2.1631 grey altman_z_services 2.0803 grey \
            altman_z_em 5.3303 grey ohlson_o -1.3147 safe zmijewski_x -0.9477 safe \
            springate_s 0.9695 safe conan_holder_n 14.5628 grey fulmer_h -1.5378 distress \
            taffler_z 0.4750 safe
            """.split(separator: " ").map(String.init)
        for place in stride(from: 0, to: expected.count, by: 3) {
            let opinion = try opinion(all, expected[place])
            let value = try #require(opinion.result.value)
            #expect(TestStatement.isPrinted(value, as: expected[place + 1]), "\(value)")
            #expect(opinion.zone?.kind.rawValue == expected[place + 2], "\(expected[place])")
            #expect(!opinion.inputs.isEmpty && opinion.inputs.allSatisfy { $0.value != nil })
        }
        let ohlson = try #require(try opinion(all, "ohlson_o").probability)
        let zmijewski = try #require(try opinion(all, "zmijewski_x").probability)
        #expect(TestStatement.isPrinted(ohlson, as: "0.2117"))
        #expect(TestStatement.isPrinted(zmijewski, as: "0.1717"))
        // Fulmer sees distress, but is off: it counts for nothing.
        #expect(all.distressed.isEmpty && !all.diverges)
    }

    @Test func whatIsOffIsNotShownAndSaysWhy() throws {
        let shown = try comparison(Worked.lines).opinions.map(\.result.formula.name)
        #expect(!shown.contains("fulmer_h") && !shown.contains("taffler_z"))
        #expect(shown.contains("banque_de_france_z"))
        let off = StatementFormulas.complete.formulas.filter { !$0.off.isEmpty }
        #expect(off.map(\.name) == ["fulmer_h", "taffler_z"])
    }

    @Test func modelsSayWhatTheyLack() throws {
        let all = try comparison(Worked.lines)
        #expect(try opinion(all, "altman_z").result.reason == .notGiven("market_value"))
        #expect(try opinion(all, "ohlson_o").result.reason == .noYearBefore)
        #expect(try opinion(all, "banque_de_france_z").result.reason == .noYearBefore)
        let comparative = try comparison(Worked.lines, previous: "HN 90 FL 100")
        let reason = try opinion(comparative, "banque_de_france_z").result.reason
        guard case .missingBefore(let lines) = reason else {
            Issue.record("\(String(describing: reason))")
            return
        }
        #expect(lines.map(\.description) == ["AN", "AP", "AR", "AT", "AV", "AX"])
    }

    /// Two years of the made-up company, by the same script.
    @Test func theBankOfFrance() throws {
        let all = try comparison(Years.lines2025, scale: 1, previous: Years.lines2024)
        let opinion = try opinion(all, "banque_de_france_z")
        let value = try #require(opinion.result.value)
        #expect(TestStatement.isPrinted(value, as: "2.1234") && opinion.zone?.kind == .safe)
    }

    @Test func theSimplifiedForm() throws {
        let results = StatementFormulas.simplified.results(
            of: try TestStatement.make(Simplified.lines, scale: 1_000, form: .simplified),
            previous: try TestStatement.make("310 20", scale: 1_000, form: .simplified),
            priceIndex: 1_000
        )
        try TestStatement.check(results, against: Simplified.figures)
    }

    @Test(arguments: [
        ("altman_z", 1.8099, "distress"), ("altman_z", 1.81, "grey"), ("altman_z", 2.99, "grey"),
        ("altman_z", 2.9901, "safe"), ("altman_z_services", 1.1, "grey"),
        ("altman_z_services", 2.6001, "safe"), ("ohlson_o", 0, "safe"),
        ("ohlson_o", 1e-9, "distress"), ("springate_s", 0.862, "safe"),
        ("conan_holder_n", 3.9, "distress"), ("conan_holder_n", 9, "grey"),
        ("conan_holder_n", 16.1, "safe"), ("banque_de_france_z", -0.2501, "distress"),
        ("banque_de_france_z", 0.125, "grey"), ("altman_z", -.infinity, "distress"),
        ("altman_z", .infinity, "safe"),
    ])
    func bordersOfZones(model: String, value: Double, zone: String) {
        #expect(ModelZones.standard.zone(of: model, value)?.kind.rawValue == zone)
    }

    /// The constant of the model for emerging markets moves the cut-offs with it.
    @Test func theConstantMovesTheCutOffs() {
        for value in stride(from: -5.013, to: 8, by: 0.01) {
            let plain = ModelZones.standard.zone(of: "altman_z_services", value)?.kind
            #expect(ModelZones.standard.zone(of: "altman_z_em", value + 3.25)?.kind == plain)
        }
    }

    @Test func cutOffsCanBeChosen() throws {
        var zones = ModelZones.standard
        #expect(zones.sets(of: "altman_z_services") == ["creditguru", "default"])
        #expect(zones.zone(of: "altman_z_services", 1.2)?.kind == .grey)
        zones.chosenSets["altman_z_services"] = "creditguru"
        #expect(zones.zone(of: "altman_z_services", 1.2)?.kind == .distress)
        #expect(zones.zone(of: "altman_z_services", 1.2)?.mark == "C")
        var findings = Findings(keptPerCodeMax: 10)
        let own = try ModelZones(
            TestTable.buffer(
                "set;MODEL;until;zone;band;source;mark\ndefault;springate_s;<1;distress;b;s;U\n"
                    + "default;springate_s;;safe;b;s;U\ndefault;springate_s;5;safe;b;s;U\n"
                    + "default;x;<1;red;b;s;U\n"
            ),
            paper: 3,
            findings: &findings
        )
        #expect(own.zone(of: "springate_s", 0.9)?.kind == .distress)
        #expect(own.zone(of: "altman_z", 0.9) == nil)
        #expect(findings.kept.map(\.field) == ["until", "zone"])
        #expect(findings.kept.map(\.source.line) == [4, 5])
    }

    @Test func disagreementIsToldWithNames() throws {
        let own = """
            CO 1000 1A 0 CJ 800 CK 0 DX 700 DL 100 EC 900 EE 1000 GG 90 FL 3000 GW 80 HN 60 GU 20 \
            FX 1 FY 400 FZ 200 FW 1500 DG 50
            """
        let all = try comparison(own, previous: "HN 50")
        #expect(all.diverges, "\(all.distressed) \(all.sound)")
        #expect(all.distressed.contains("zmijewski_x") && all.sound.contains("springate_s"))
    }

    /// Every model has zones, and each of its values one.
    @Test func everyModelHasZones() {
        for formulas in [StatementFormulas.complete, .simplified] {
            for formula in formulas.formulas where formula.kind == .model {
                for set in ModelZones.standard.sets(of: formula.name) {
                    var zones = ModelZones.standard
                    zones.chosenSets[formula.name] = set
                    for value in [-1e9, -1, 0, 1, 1e9] {
                        let zone = zones.zone(of: formula.name, value)
                        #expect(zone.map { "VCUD".contains($0.mark) } == true)
                    }
                }
                #expect(ModelZones.standard.sets(of: formula.name).contains("default"))
                #expect(!formula.source.isEmpty)
            }
        }
    }
}

enum TestTable {
    static func buffer(_ text: String) -> InputBuffer { buffer(Array(text.utf8)) }

    static func buffer(_ bytes: [UInt8]) -> InputBuffer {
        let source = ByteSource(name: "table.csv", totalBytes: nil) { _ throws(InputError) in 0 }
        return InputBuffer(source.following(bytes))
    }
}
