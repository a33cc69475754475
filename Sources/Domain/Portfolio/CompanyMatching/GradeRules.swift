// SPDX-License-Identifier: Apache-2.0

// From names and places to a grade. Whoever takes a grade without a look is to be right about it:
// what is in doubt has the lower one.

/// What a comparison comes to.
struct GradeRules {
    /// Whether both names show a legal form, and not the same.
    var hasOtherForm: Bool
    /// Whether the company has ended.
    var isEnded: Bool
    /// How the places lie to each other.
    var nearness: CompanyPlace.Nearness

    /// The grade; nil for a company that the line does not mean.
    func grade(_ name: NameLikeness) -> MatchGrade? {
        guard let grade = gradeByName(name) else { return nil }
        // Names that only begin alike, or a form that differs, are never beyond doubt.
        return grade == .exact && (hasOtherForm || isEnded) ? .likely : grade
    }

    private func gradeByName(_ name: NameLikeness) -> MatchGrade? {
        let value = name.value
        switch nearness {
        case .street:
            if name.isSame { return .exact }
            return value >= 0.85 ? .likely : value >= 0.7 ? .possible : value >= 0.5 ? .guess : nil
        case .town:
            if name.isSame { return .exact }
            return value >= 0.9 ? .likely : value >= 0.78 ? .possible : value >= 0.55 ? .guess : nil
        case .department:
            if name.isSame { return .possible }
            return value >= 0.85 ? .possible : value >= 0.65 ? .guess : nil
        case .unknown:
            if name.isSame { return hasOtherForm ? .possible : .likely }
            return value >= 0.9 ? .possible : value >= 0.65 ? .guess : nil
        case .elsewhere:
            if name.isSame { return hasOtherForm ? .guess : .possible }
            return value >= 0.85 ? .guess : nil
        }
    }
}
