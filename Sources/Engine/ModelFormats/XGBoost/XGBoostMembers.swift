// SPDX-License-Identifier: Apache-2.0

// What XGBoost writes into each object of a file, from 1.0 to 3.4. A member that is not listed
// could change every score, so it is an error.

internal import Documents
internal import ExactTexts

/// The members of each object.
enum XGBoostMembers {
    /// A file; also a snapshot of a whole Booster, which has the model beside its training state.
    static let root = ["learner", "version"]
    static let snapshot = ["Model", "Config", "version"]
    /// `attributes` are the caller's own notes, of which early stopping's are read.
    static let learner = [
        "attributes", "feature_names", "feature_types", "gradient_booster", "learner_model_param",
        "objective",
    ]
    static let learnerParameters = [
        "base_score", "num_class", "num_feature", "num_target",
        // Whether training begins with the mean of the labels: the base score is there by now.
        "boost_from_average",
    ]
    /// DART's trees lay one level deeper before 3.3.
    static let treeBooster = ["name", "model", "weight_drop"]
    static let nestedBooster = ["name", "gbtree", "weight_drop"]
    static let innerBooster = ["name", "model"]
    static let linearBooster = ["name", "model"]
    static let treeModel = [
        "cats", "gbtree_model_param", "iteration_indptr", "tree_info", "trees", "weight_drop",
    ]
    static let linearModel = ["boosted_rounds", "weights"]
    static let treeModelParameters = [
        "num_parallel_tree", "num_trees", "size_leaf_vector",
    ]
    static let categories = ["enc", "feature_segments", "sorted_idx"]
    static let encoding = ["offsets", "type", "values"]
    static let tree = [
        "categories", "categories_nodes", "categories_segments", "categories_sizes",
        "default_left", "id", "leaf_weights", "left_children", "right_children",
        "split_conditions", "split_indices", "split_type", "tree_param",
        // For people: what training measured.
        "base_weights", "leaf_child_counts", "loss_changes", "parents", "sum_hessian",
    ]
    static let treeParameters = [
        "num_deleted", "num_feature", "num_nodes", "size_leaf_vector",
    ]
    /// The parameters of objectives, by the name of their object. All are for training, but for the
    /// numbers of outputs, which must fit. "pseduo" is how 1.6 spells it.
    static let objectiveParameters = NameTable(
        """
        reg_loss_param: scale_pos_weight
        softmax_multiclass_param: num_class
        poisson_regression_param: max_delta_step
        tweedie_regression_param: tweedie_variance_power
        aft_loss_param: aft_loss_distribution aft_loss_distribution_scale
        lambda_rank_param: fix_list_weight num_pairsample
        lambdarank_param: lambdarank_bias_norm lambdarank_normalization
            lambdarank_num_pair_per_sample lambdarank_pair_method lambdarank_score_normalization
            lambdarank_unbiased ndcg_exp_gain
        pseudo_huber_param: huber_slope
        pseduo_huber_param: huber_slope
        quantile_loss_param: quantile_alpha
        expectile_loss_param: expectile_alpha
        """
    )
    /// What ranking keeps of the bias of positions, for more training.
    static let objectiveArrays = ["ti+", "tj-"]
    /// What only a saved configuration has.
    static let configuration = ["generic_param", "learner_train_param", "metrics"]
}

extension DocumentNode {
    /// Throws unless each member has one of the names.
    func allowMembers(_ names: [String]) throws(ModelFormatError) {
        guard case .object(let object) = value else { throw wrong("an object") }
        guard let unknown = object.members.first(where: { !names.contains($0.key) })?.key else {
            return
        }
        let node = DocumentNode(value: .null, path: "\(path).\(unknown.prefix(40))")
        throw node.unsupported(
            "the member \"\(unknown.prefix(40))\" is not known and could change every score"
        )
    }

    /// Throws unless a member that is a list has `count` values; one that is not there has none.
    func checkCount(_ key: String, _ count: Int) throws(ModelFormatError) {
        guard let member = try optional(key) else { return }
        let found = try member.count()
        guard found == count else { throw member.malformed("has \(found) values, not \(count)") }
    }

    /// The number of elements of a list.
    func count() throws(ModelFormatError) -> Int {
        switch value {
        case .numbers(let numbers): return numbers.count
        case .list(let elements): return elements.count
        default: throw wrong("a list")
        }
    }
}
