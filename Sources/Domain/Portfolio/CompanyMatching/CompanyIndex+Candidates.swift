// SPDX-License-Identifier: Apache-2.0

// A line and a name that is known, compared: the one place that says what they are to each other.

extension CompanyIndex {
    /// A name with what its words tell.
    func weighed(_ name: CompanyName) -> WeighedName {
        WeighedName(
            words: name.words.map {
                WeighedName.Word(text: Array($0.utf8)[...], weight: weight(of: $0))
            }
        )
    }

    /// What a name comes to for a line; nil when the line does not mean it.
    package func candidate(_ query: MatchQuery, name number: Int) -> MatchCandidate? {
        candidate(query, weighed(query.name), name: number)
    }

    func candidate(
        _ query: MatchQuery,
        _ asked: WeighedName,
        name number: Int
    ) -> MatchCandidate? {
        guard companyOfName.indices.contains(number) else { return nil }
        let company = Int(companyOfName[number])
        let likeness = NameLikeness(asked, weighed(name: number))
        guard likeness.value >= Self.leastLikeness else { return nil }
        let nearness = nearness(of: company, to: query.place)
        let form = formOfName[number].isEmpty ? forms[company] : formOfName[number]
        let rules = GradeRules(
            hasOtherForm: !form.isEmpty && !query.name.form.isEmpty && form != query.name.form,
            isEnded: isEnded[company],
            nearness: nearness
        )
        guard let grade = rules.grade(likeness) else { return nil }
        var reasons = likeness.reasons
        if rules.hasOtherForm { reasons.append(.otherForm) }
        if isTradeName[number] { reasons.append(.tradeName) }
        reasons.append(Self.reason(nearness))
        if rules.isEnded { reasons.append(.ended) }
        return MatchCandidate(
            company: company,
            name: number,
            grade: grade,
            likeness: likeness.value,
            nearness: nearness,
            reasons: reasons
        )
    }

    private static let leastLikeness = 0.5

    /// How the nearest of a company's places lies to another one.
    private func nearness(of company: Int, to place: CompanyPlace) -> CompanyPlace.Nearness {
        guard !place.isEmpty else { return .unknown }
        var best: CompanyPlace.Nearness?
        for number in placesOfCompany[company] {
            let nearness = place.nearness(to: self.place(Int(number)))
            // What is not known of one of them says nothing against another.
            best = best.map { max($0, nearness) } ?? nearness
            if best == .street { break }
        }
        return best ?? .unknown
    }

    private static func reason(_ nearness: CompanyPlace.Nearness) -> MatchReason {
        switch nearness {
        case .street: .sameStreet
        case .town: .sameTown
        case .department: .sameDepartment
        case .elsewhere: .otherPlace
        case .unknown: .noPlace
        }
    }
}
