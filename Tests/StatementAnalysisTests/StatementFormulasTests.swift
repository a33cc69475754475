// SPDX-License-Identifier: Apache-2.0

// Ratios and published models against worked statements.

import CreditFacts
import StatementAnalysis
import Testing

@Suite struct StatementFormulasTests {
    /// A worked statement in thousands, with its figures to the printed digits.
    @Test func theWorkedStatement() throws {
        let statement = try TestStatement.make(Worked.lines, scale: 1_000)
        let previous = try TestStatement.make("HN 90", scale: 1_000)
        let results = StatementFormulas.complete.results(
            of: statement,
            previous: previous,
            priceIndex: 1_000
        )
        try TestStatement.check(results, against: Worked.figures)
    }

    @Test(arguments: [(Years.lines2024, Years.figures2024), (Years.lines2025, Years.figures2025)])
    func twoYearsOfACompany(lines: String, figures: String) throws {
        let results = StatementFormulas.complete.results(of: try TestStatement.make(lines))
        try TestStatement.check(results, against: figures)
    }

    @Test func theIdentityHolds() throws {
        let results = StatementFormulas.complete.results(
            of: try TestStatement.make(Years.lines2025)
        )
        let values = Dictionary(uniqueKeysWithValues: results.map { ($0.formula.name, $0.value) })
        for name in ["tresorerie_nette_ecart", "actif_moins_passif"] {
            let value = try #require(values[name] ?? nil)
            #expect(abs(value) < 1e-6)
        }
    }

    @Test func whatCannotBeComputedSaysWhy() throws {
        let results = StatementFormulas.complete.results(
            of: try TestStatement.make("FL 100 EE 5 DL 0 GW 0 DU 3 FW 9")
        )
        let reasons = Dictionary(uniqueKeysWithValues: results.map { ($0.formula.name, $0.reason) })
        let cashFlow = FormulaResult.Reason.notMeaningful(divisor: "caf", isZero: true)
        #expect(reasons["capacite_de_remboursement"] == .some(cashFlow))
        let line = try #require(StatementLine("CJ"))
        #expect(reasons["ratio_de_liquidite"] == .some(.missing([line])))
        #expect(reasons["ohlson_o"] != .some(nil))
    }

    /// Ratios do not change with the currency, amounts do.
    @Test func ratiosDoNotDependOnScale() throws {
        let small = StatementFormulas.complete.results(of: try TestStatement.make(Worked.lines))
        let large = StatementFormulas.complete.results(
            of: try TestStatement.make(Worked.lines, scale: 1_000)
        )
        for (left, right) in zip(small, large) where left.formula.name != "ohlson_o" {
            guard let left = left.value, let value = right.value else { continue }
            let scale = right.formula.unit == .euro ? 1_000.0 : 1
            #expect(abs(left * scale - value) <= 1e-9 * max(1, abs(value)), "\(right.formula.name)")
        }
    }

    /// Every row of the table is read, and each published ratio is there on both forms.
    @Test func theTableIsWhole() {
        let names = { (formulas: StatementFormulas) in Set(formulas.formulas.map(\.name)) }
        let published = Set(
            """
            chiffre_d_affaires marge_brute ebe ebit resultat_net taux_d_endettement \
            ratio_de_liquidite ratio_de_vetuste autonomie_financiere \
            poids_bfr_exploitation_sur_ca couverture_des_interets caf_sur_ca \
            capacite_de_remboursement marge_ebe resultat_courant_avant_impots_sur_ca \
            poids_bfr_exploitation_sur_ca_jours rotation_des_stocks_jours credit_clients_jours \
            credit_fournisseurs_jours
            """.split(separator: " ").map(String.init)
        )
        #expect(published.count == 19)
        for formulas in [StatementFormulas.complete, .simplified] {
            #expect(names(formulas).isSuperset(of: published))
            #expect(formulas.formulas.allSatisfy { !$0.french.isEmpty && !$0.english.isEmpty })
        }
    }
}

enum Worked {
    static let lines = """
        AN 200 AP 900 AQ 300 AR 1500 AS 900 AT 300 AU 180 AF 100 AG 40 BJ 3000 BK 1420 BL 180 BN \
        60 BR 110 BT 50 BX 820 BY 40 BZ 90 CD 30 CF 150 CH 20 CJ 1510 CK 40 CO 4510 1A 1460 DA \
        500 DB 50 DG 300 DH 113 DI 117 DL 1080 DR 60 DU 720 DV 130 DW 25 DX 640 DY 310 DZ 15 EA \
        60 EB 10 EC 1910 EE 3050 EH 90 FL 4800 FM 30 FO 10 FP 25 FQ 5 FS 600 FT -10 FU 1400 FV \
        15 FW 1050 FX 90 FY 980 FZ 400 GA 150 GC 15 GD 10 GE 8 GG 162 GP 4 GU 46 GW 120 HA 3 HE \
        6 HN 117
        """
    static let figures = """
        marge_brute 2795000 valeur_ajoutee 1775000 ebe 315000 caf 267000 taux_d_endettement \
        78.704 ratio_de_liquidite 127.193 ratio_de_vetuste 52.414 autonomie_financiere 35.410 \
        bfr 230000 poids_bfr_exploitation_sur_ca 4.792 poids_bfr_exploitation_sur_ca_jours 17.25 \
        couverture_des_interets 14.603 caf_sur_ca 5.551 capacite_de_remboursement 2.846 \
        marge_ebe 6.549 resultat_courant_avant_impots_sur_ca 2.495 rotation_des_stocks_jours \
        30.0 credit_clients_jours 51.25 credit_fournisseurs_jours 62.951 frng 320000 \
        tresorerie_nette 90000 altman_z_private 2.1631 altman_z_services 2.0803 conan_holder_n \
        14.5628 springate_s 0.9695 zmijewski_x -0.9477 ohlson_o -1.3147
        """
}

enum Years {
    static let lines2024 = """
        AF 12000.00 AG 10500.00 AH 50000.00 AP 120000.00 AQ 54000.00 AR 195000.00 AS 113000.00 \
        AT 15000.00 AU 14500.00 BH 5000.00 BJ 397000.00 BK 192000.00 BL 24500.00 BR 21000.00 BT \
        28800.00 BU 1500.00 BX 114399.72 BZ 600.00 CF 136432.74 CH 2700.50 CJ 328432.96 CK \
        1500.00 CO 725432.96 1A 193500.00 DA 100000.00 DD 10000.00 DG 83350.00 DH 14500.00 DI \
        89371.25 DJ 10000.00 DL 307221.25 DP 8000.00 DR 8000.00 DU 147376.80 DV 20000.00 DX \
        3600.00 DY 45734.91 EC 216711.71 EE 531932.96 EH 27376.80 FA 156801.20 FD 396776.10 FG \
        166538.10 FJ 720115.40 FL 720115.40 FM 2500.00 FP 2400.00 FR 725015.40 FS 106764.00 FT \
        2200.00 FU 166344.00 FV -2500.00 FW 88620.50 FX 5040.00 FY 148935.00 FZ 60079.35 GA \
        29000.00 GF 604482.85 GG 120532.55 GR 4870.30 GU 4870.30 GV -4870.30 GW 115662.25 HB \
        7000.00 HD 7000.00 HF 3500.00 HH 3500.00 HI 3500.00 HK 29791.00 HL 732015.40 HM \
        642644.15 HN 89371.25 YY 145023.08 YZ 74685.80
        """
    static let figures2024 = """
        chiffre_d_affaires 720115.4 marge_brute 447307.4 ebe 147132.55 ebit 120532.55 \
        resultat_net 89371.25 taux_d_endettement 54.481 ratio_de_liquidite 422.664 \
        ratio_de_vetuste 45.0 autonomie_financiere 57.756 poids_bfr_exploitation_sur_ca 19.603 \
        couverture_des_interets 3.31 caf_sur_ca 15.619 capacite_de_remboursement 1.245 marge_ebe \
        20.432 resultat_courant_avant_impots_sur_ca 16.062 poids_bfr_exploitation_sur_ca_jours \
        70.571 rotation_des_stocks_jours 37.144 credit_clients_jours 47.604 \
        credit_fournisseurs_jours 2.97 caf 112471.25
        """
    static let lines2025 = """
        AF 12000.00 AG 12000.00 AH 50000.00 AP 120000.00 AQ 60000.00 AR 199000.00 AS 114000.00 \
        AT 15000.00 AU 18000.00 BH 5000.00 BJ 401000.00 BK 204000.00 BL 26150.40 BR 17250.00 BT \
        33900.60 BU 1000.00 BV 3600.00 BX 128839.26 BY 4277.75 BZ 2400.00 CF 141333.74 CH \
        2700.50 CJ 356174.50 CK 5277.75 CO 757174.50 1A 209277.75 DA 100000.00 DD 10000.00 DG \
        172721.25 DH 14500.00 DI 36258.59 DJ 8000.00 DL 341479.84 DP 12000.00 DR 12000.00 DU \
        130875.60 DV 20000.00 DW 7200.00 DX 3600.00 DY 30241.31 EB 2500.00 EC 194416.91 EE \
        547896.75 EH 40875.60 FA 130603.50 FD 305495.90 FG 211168.70 FJ 647268.10 FL 647268.10 \
        FM -3750.00 FO 2000.00 FP 500.00 FQ 12000.00 FR 658018.10 FS 107249.00 FT -5100.60 FU \
        172629.00 FV -1650.40 FW 81993.00 FX 5040.00 FY 144961.00 FZ 60172.01 GA 29000.00 GC \
        4277.75 GD 4000.00 GE 3000.00 GF 605570.76 GG 52447.34 GR 4102.75 GU 4102.75 GV -4102.75 \
        GW 48344.59 HK 12086.00 HL 658018.10 HM 621759.51 HN 36258.59 YY 132353.62 YZ 76454.20
        """
    static let figures2025 = """
        chiffre_d_affaires 647268.1 marge_brute 374141.1 ebe 80225.09 ebit 52447.34 resultat_net \
        36258.59 taux_d_endettement 44.183 ratio_de_liquidite 425.06 ratio_de_vetuste 42.515 \
        autonomie_financiere 62.326 poids_bfr_exploitation_sur_ca 25.65 couverture_des_interets \
        5.114 caf_sur_ca 11.249 capacite_de_remboursement 1.506 marge_ebe 12.356 \
        resultat_courant_avant_impots_sur_ca 7.446 poids_bfr_exploitation_sur_ca_jours 92.339 \
        rotation_des_stocks_jours 42.994 credit_clients_jours 59.493 credit_fournisseurs_jours \
        2.957 caf 73036.34
        """
}
