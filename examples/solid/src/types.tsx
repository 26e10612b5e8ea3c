// Compiled, never run: what the types must refuse.
export const refused = (
  <>
    {/* @ts-expect-error -- a source is an object */}
    <im-conversation-list prop:source="memory" />
    {/* @ts-expect-error -- a density is one of three */}
    <im-conversation-list density="tiny" />
    {/* @ts-expect-error -- the event has a conversation, and no detail */}
    <im-conversation-list on:im-conversation-select={(event) => event.detail} />
    {/* @ts-expect-error -- no such property */}
    <im-conversation-list pageSizes={50} />
  </>
);
