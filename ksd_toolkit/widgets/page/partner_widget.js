export default {
  render({ model, el }) {
    const facts = model.get("facts");
    const root = document.createElement("div");
    el.append(root);
    return startPartners(root, facts, model.get("first"), new PartnerBackend(model, facts));
  },
};
