// Map, timeline and table: the same selection and the same filters as the network.
const OUTLINE = read("kg-outline");
const TABS = [["network", "Network"]];
if (OUTLINE && NODES.some((node) => node.where)) TABS.push(["map", "Map"]);
if (CLAIMS.some((claim) => claim.e || claim.rows.some((row) => row.k))) TABS.push(["timeline", "Timeline"]);
TABS.push(["table", "Table"]);
