// SPDX-License-Identifier: Apache-2.0

// Words that names of companies have in several ways, as data. The first word of a line is the one
// that is compared; those behind it are written for it.

internal import Documents

/// Words of names and addresses.
enum NameTables {
    /// The word that is compared, by each that is written for it.
    static let words = reversed(
        """
        SAINT: ST
        STE: SAINTE SOCIETE SOC SOCIETY
        COMPAGNIE: CIE CO COMPANY
        ETABLISSEMENTS: ETS ETAB ETABS ETABLISSEMENT ETABL
        ENTREPRISE: ENT ENTR ENTREPRISES ENTERPRISE ENTERPRISES
        GROUPE: GRP GPE GROUP
        FRERES: FRES BROS BROTHERS FRERE
        FILS: SONS SON
        INTERNATIONAL: INTL INTER INTERNATIONALE INTERN INT
        SERVICES: SCES SERV SVCS SERVICE SCE
        TRANSPORTS: TRANSP TRANSPORT TRPTS TRSP TPTS
        CONSTRUCTIONS: CONST CONSTR CONSTRUCTION
        DISTRIBUTION: DISTRIB DIST DISTRI
        INDUSTRIES: INDUS INDUSTRIE INDUSTRY
        INDUSTRIEL: INDUSTRIELLE INDUSTRIAL
        TECHNOLOGIES: TECHNO TECHNOLOGY TECHNOLOGIE
        MANUFACTURING: MFG
        MENUISERIE: MENUIS MENUISERIES
        ASSOCIES: ASSOC ASSOCIATES ASS
        ASSOCIATION: ASSO
        IMMOBILIERE: IMMO IMMOBILIER
        FRANCE: FR
        GENERALE: GLE GENERAL GAL
        NATIONALE: NATIONAL NAT NATL
        DEVELOPPEMENT: DEV DEVELOPMENT DEVELOPP
        MAINTENANCE: MAINT
        ELECTRICITE: ELEC ELECTR
        PHARMACIE: PHIE PHARM
        RESTAURANT: RESTO REST
        CENTRE: CTRE CENTER
        COOPERATIVE: COOP
        """
    )

    /// Words that only bind others: "&" in place of "et" is no difference.
    static let connectors: Set<String> = ["&", "ET", "AND", "UND"]

    /// Words that say little.
    static let small: Set<String> = [
        "LE", "LA", "LES", "L", "D", "DE", "DU", "DES", "AU", "AUX", "A", "EN", "SUR", "PAR", "THE",
        "OF", "FOR", "IN", "MR", "MRS", "MS", "MME", "MLLE", "MONSIEUR", "MADAME", "DER",
        "DIE", "DAS", "VON", "VAN",
    ]

    /// Families of legal forms, by the words that stand for them anywhere in a name.
    static let forms = reversed(
        """
        SARL: SARL EURL SARLU
        SAS: SAS SASU SASP
        SA: SADIR
        SCI: SCI
        SNC: SNC
        SCOP: SCOP
        GIE: GIE
        EI: EIRL
        SELARL: SELARL SELAS SELAFA
        GAEC: GAEC
        EARL: EARL
        SCEA: SCEA
        LTD: LTD LIMITED
        PLC: PLC
        LLC: LLC
        INC: INC INCORPORATED CORP CORPORATION
        GMBH: GMBH
        SRL: SRL
        SPRL: SPRL BVBA
        """
    )

    /// Those that are so short that they count at an end of a name only.
    static let formsAtEnds = reversed(
        """
        SA: SA
        EI: EI
        SCP: SCP
        LLP: LLP
        LP: LP
        AG: AG
        KG: KG
        BV: BV
        NV: NV
        AB: AB
        SPA: SPA
        SE: SE
        OY: OY
        AS: AS
        """
    )

    /// Forms that are written out.
    static let phrases: [(words: [String], form: String)] = [
        (["SOCIETE", "A", "RESPONSABILITE", "LIMITEE"], "SARL"),
        (["SOCIETE", "PAR", "ACTIONS", "SIMPLIFIEE", "UNIPERSONNELLE"], "SAS"),
        (["SOCIETE", "PAR", "ACTIONS", "SIMPLIFIEE"], "SAS"),
        (["SOCIETE", "CIVILE", "IMMOBILIERE"], "SCI"),
        (["SOCIETE", "EN", "NOM", "COLLECTIF"], "SNC"),
        (["SOCIETE", "ANONYME"], "SA"),
        (["PUBLIC", "LIMITED", "COMPANY"], "PLC"),
    ]

    /// The family of a legal category of the French directory; nil for one that names show not.
    static func form(ofCategory category: String) -> String? {
        switch category.prefix(2) {
        case "10": "EI"
        case "52": "SNC"
        case "54": "SARL"
        case "55", "56": "SA"
        case "57": "SAS"
        case "65": category == "6540" ? "SCI" : nil
        default: nil
        }
    }

    /// Kinds of streets.
    static let streets = reversed(
        """
        RUE: R RUE STREET STR
        AVENUE: AV AVE AVENUE
        BOULEVARD: BD BLD BVD BOUL BLVD BOULEVARD
        PLACE: PL PLACE SQUARE SQ
        CHEMIN: CH CHE CHEM CHEMIN
        ROUTE: RTE RT ROUTE ROAD RD
        IMPASSE: IMP IMPASSE
        ALLEE: ALL ALLEE ALLEES
        QUAI: QU QUAI
        COURS: CRS COURS
        FAUBOURG: FG FBG FAUBOURG
        ZONE: ZI ZA ZAC ZONE ZONES INDUSTRIELLE ACTIVITES ARTISANALE
        RESIDENCE: RES RESIDENCE
        LOTISSEMENT: LOT LOTISSEMENT
        PASSAGE: PASS PASSAGE
        LANE: LN LANE
        """
    )

    private static func reversed(_ table: String) -> [String: String] {
        var words: [String: String] = [:]
        for (word, others) in NameTable(table).lists {
            for other in others { words[other] = word }
        }
        return words
    }
}
