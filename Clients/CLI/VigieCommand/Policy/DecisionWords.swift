// SPDX-License-Identifier: Apache-2.0

// The words of decisions on credit, in English and French. What a policy calls things stands in the
// policy; these are the calculation's.

internal import CommandTables
internal import CreditPolicy
internal import DecimalNumbers
internal import Decisions
internal import Policies

/// Words of decisions, and how a policy calls things.
struct DecisionWords {
    let policy: Policy
    let language: PolicyLanguage
    private let marks: Language

    init(_ policy: Policy, _ language: Language) {
        (self.policy, marks) = (policy, language)
        self.language = language == .fr ? .fr : .en
    }

    /// A word; the name itself where there is none.
    subscript(name: String) -> String {
        guard let word = Self.words[name] else { return name }
        return language == .fr ? word.french : word.english
    }

    /// What an input or guarantee of the policy is called; else a word of the calculation.
    func label(_ name: String) -> String {
        if let input = policy.manifest.inputs.first(where: { $0.name == name }) {
            return input.label.text(language)
        }
        if let guarantee = policy.guarantees.first(where: { $0.identifier == name }) {
            return guarantee.label.text(language)
        }
        return self[name]
    }

    /// What the annotation of a rule says whose column is called as the language.
    func note(_ table: Int, _ rule: Int) -> String? {
        let table = policy.model.tables[table]
        guard let column = table.annotationNames.firstIndex(of: language.rawValue) else {
            return nil
        }
        let annotations = table.rules[rule].annotations
        return annotations.indices.contains(column) ? annotations[column] : nil
    }

    /// A part of something: 20 %.
    func percent(_ share: DecimalNumber) -> String {
        marks.marked(share.multiplied(by: 100)?.plain ?? "") + " %"
    }

    /// An amount with its thousands apart.
    func amount(_ number: DecimalNumber?) -> String {
        guard let number else { return "?" }
        let parts = number.plain.split(separator: ".", omittingEmptySubsequences: false)
        let whole = Int(parts[0]).map { grouped($0) } ?? String(parts[0])
        return parts.count > 1 ? marks.marked("\(whole).\(parts[1])") : whole
    }

    private static let words: [String: (english: String, french: String)] = [
        "company": ("company", "entreprise"), "outcome": ("outcome", "issue"),
        "granted": ("granted", "accordé"), "refused": ("refused", "refusé"),
        "routed": ("to be granted by others", "à faire accorder"),
        "investigation": ("investigation", "à instruire"),
        "examined": ("being examined", "en cours d'examen"),
        "human_review": ("a person has to decide", "décision humaine requise"),
        "class": ("class", "classe"), "need": ("need", "besoin"), "limit": ("limit", "limite"),
        "binding": ("bound by", "bornée par"), "bound_by": ("bound by", "bornée par"),
        "days": ("days", "jours"), "action": ("action", "action"),
        "role": ("may be granted by", "peut être accordée par"),
        "second_person": ("and a second person", "et une seconde personne"),
        "own_risk": ("own risk", "risque propre"), "cover": ("borne by", "porté par"),
        "total": ("whole", "ensemble"), "own_limit": ("at own risk", "au risque propre"),
        "own_maximum": ("greatest own risk", "risque propre maximal"),
        "maximum": ("greatest limit", "limite maximale"),
        "no_own_risk": ("none at own risk in this class", "aucun risque propre dans cette classe"),
        "concentration": (
            "share of own turnover, with the group", "part du chiffre d'affaires, avec le groupe"
        ),
        "group": ("what the group leaves", "ce que laisse le groupe"),
        "net_worth": ("net worth", "situation nette"), "equity": ("equity", "capitaux propres"),
        "bureau_limit": ("limit of the bureau", "limite de l'agence"),
        "insurer_cover": ("insurer's cover", "garantie de l'assureur-crédit"),
        "headroom": ("left", "disponible"),
        "expected_loss": ("expected loss", "perte attendue"),
        "opportunity": ("expected gain of a year", "gain attendu d'une année"),
        "valid_until": ("valid until", "valable jusqu'au"), "review": ("review", "revue"),
        "terms": ("terms", "délai"),
        "prepayment": ("payment before delivery", "paiement avant livraison"),
        "law": ("law: at most", "loi : au plus"),
        "bound_by_law": ("the most that the law allows", "maximum légal"),
        "deposit": ("deposit", "acompte"), "discount": ("discount", "escompte"),
        "would_lift": ("would lift the limit", "porterait la limite"),
        "would_fit": ("the need would be within the limit at", "le besoin tiendrait à"),
        "yearly_cost": ("a year", "par an"), "clause": ("clause", "clause"),
        "missing": ("missing", "manque"), "note": ("note", "note"), "rule": ("rule", "règle"),
        "wanted": ("wanted", "attendu"), "unknown": ("unknown", "inconnu"),
        "nearly": ("nearly", "presque"),
        "answer_default": ("the default", "valeur par défaut"),
        "answer_none": ("no rule matches", "aucune règle ne s'applique"),
        "answer_violation": ("several rules match", "plusieurs règles s'appliquent"),
        "answer_invalid_input": ("a value that may not be", "valeur non admise"),
        "decisions": ("Credit decisions", "Décisions de crédit"),
        "part": ("part", "élément"), "how": ("how", "calcul"), "why": ("Why", "Pourquoi"),
        "guarantees": ("Guarantees", "Garanties"), "clauses": ("Clauses", "Clauses"),
        "for_customer": ("to the customer", "au client"), "for_sales": ("to sales", "au commerce"),
        "for_credit": ("to credit", "au crédit"),
        "exposure": ("exposure", "encours"), "purchases": ("purchases", "achats"),
        "forecast": ("forecast", "prévision"), "amount": ("amount asked for", "montant demandé"),
        "prospect": ("prospect", "prospect"), "quote": ("quote", "devis"),
        "order": ("order", "commande"), "invoice": ("invoice", "facture"),
        "collection": ("collection", "recouvrement"),
    ]
}
