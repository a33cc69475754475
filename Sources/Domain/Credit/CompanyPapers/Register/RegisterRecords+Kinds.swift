// SPDX-License-Identifier: Apache-2.0

// The fields of each kind of record of a register.

internal import CreditFacts
internal import Documents
internal import Quantities

extension RegisterRecords {
    /// A unit of the directory's API. Its state is in periods, the newest first as a rule; in
    /// extracts of the stock it is flat. Returns the state.
    mutating func readUnit(_ unit: DocumentValue, _ entry: inout RegisterEntry) -> String {
        let stateKey = "etatAdministratifUniteLegale"
        var periods = unit.nested("periodesUniteLegale")?.elements ?? []
        // The one without an end is the current one, then those that began later.
        periods.sort { left, right in
            let (leftEnd, rightEnd) = (left.text(of: "dateFin"), right.text(of: "dateFin"))
            if (leftEnd == nil) != (rightEnd == nil) { return leftEnd == nil }
            return left.string("dateDebut") > right.string("dateDebut")
        }
        let current = periods.first ?? unit
        let known = { (key: String) -> String? in
            (current.text(of: key) ?? unit.text(of: key)).flatMap { $0 == "[ND]" ? nil : $0 }
        }
        let state = current.string(stateKey)
        // A period begins with any change; the state may be older.
        let run = periods.prefix { $0.string(stateKey) == state }
        entry.since = date(run.last ?? current, "dateDebut", entry.source)
        entry.created = date(unit, "dateCreationUniteLegale", entry.source)
        let diffusion = unit.string("statutDiffusionUniteLegale")
        entry.isHidden = diffusion == "P" || diffusion == "N"
        entry.name =
            known("denominationUniteLegale") ?? known("nomUsageUniteLegale")
            ?? known("nomUniteLegale")
        entry.legalForm = known("categorieJuridiqueUniteLegale")
        entry.activity = known("activitePrincipaleUniteLegale")
        entry.nomenclature = known("nomenclatureActivitePrincipaleUniteLegale")
        if entry.activity == nil, let activity = known("activitePrincipaleNAF25UniteLegale") {
            (entry.activity, entry.nomenclature) = (activity, "NAF25")
        }
        entry.headcount = known("trancheEffectifsUniteLegale").flatMap(HeadcountBand.init)
        entry.updatedAt = unit.text(of: "dateDernierTraitementUniteLegale")
        return state
    }

    /// A result of the state's search. Returns the state, which is that of the unit, not of its
    /// seat.
    mutating func readSearch(_ result: DocumentValue, _ entry: inout RegisterEntry) -> String {
        let state = result.string("etat_administratif")
        entry.created = date(result, "date_creation", entry.source)
        if state == "C" { entry.since = date(result, "date_fermeture", entry.source) }
        let diffusion = result.string("statut_diffusion")
        entry.isHidden = diffusion == "P" || diffusion == "N"
        // Hidden names are in square brackets.
        entry.name = result.text(of: "nom_complet").flatMap { $0.hasPrefix("[") ? nil : $0 }
        entry.legalForm = result.text(of: "nature_juridique")
        entry.activity = result.text(of: "activite_principale")
        entry.headcount = result.text(of: "tranche_effectif_salarie").flatMap(HeadcountBand.init)
        entry.updatedAt = result.text(of: "date_mise_a_jour_insee")
        return state
    }

    /// A formality of the register of businesses. Returns the state; empty if it is silent.
    mutating func readFormality(
        _ formality: DocumentValue,
        _ record: DocumentValue,
        _ entry: inout RegisterEntry
    ) -> String {
        entry.register = .businesses
        entry.updatedAt = record.text(of: "updatedAt")
        let content = formality.nested("content")
        let creation = content?.nested("natureCreation")
        let body =
            content?.nested("personneMorale") ?? content?.nested("personnePhysique")
            ?? content?.nested("exploitation")
        let identity = body?.nested("identite")
        let company = identity?.nested("entreprise")
        let person = identity?.nested("entrepreneur")?.nested("descriptionPersonne")
        entry.name = company?.text(of: "denomination") ?? person?.text(of: "nom")
        entry.legalForm =
            formality.text(of: "formeJuridique") ?? creation?.text(of: "formeJuridique")
            ?? company?.text(of: "formeJuridique")
        entry.created = date(creation, "dateCreation", entry.source)
        entry.registered = date(company, "dateImmat", entry.source)
        let diffusion = formality.string("diffusionINSEE")
        entry.isHidden = diffusion == "P" || diffusion == "N"
        let cessation = body?.nested("detailCessationEntreprise")
        entry.struckOff = date(cessation, "dateRadiation", entry.source)
        entry.ceased =
            date(cessation, "dateCessationTotaleActivite", entry.source)
            ?? date(cessation, "dateEffet", entry.source)
        for list in ["rcs", "rnm"] {
            for observation in body?.nested("observations")?.nested(list)?.elements ?? [] {
                guard let text = observation.text(of: "texte") else { continue }
                let added = date(observation, "dateAjout", entry.source)
                entry.observations.append(RegisterObservation(added: added, text: text))
            }
        }
        let state = content?.nested("natureCessationEntreprise")?.string("etatAdministratifInsee")
        return state ?? ""
    }
}
