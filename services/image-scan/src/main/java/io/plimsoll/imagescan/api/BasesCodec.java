package io.plimsoll.imagescan.api;

import io.plimsoll.api.images.v1.BaseImage;
import io.plimsoll.api.images.v1.ListBaseImagesResponse;
import io.plimsoll.api.images.v1.NewerBase;
import io.plimsoll.imagescan.flow.BaseQuestions;
import io.plimsoll.page.PageToken;
import io.plimsoll.scanning.reference.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bases of images in the words of the contract, page by page. */
final class BasesCodec {

    private BasesCodec() {}

    static ListBaseImagesResponse page(BaseQuestions.Bases all, String question, PageToken token, int size) {
        List<BaseQuestions.Base> bases = all.bases();
        // Another order or another figure is another list.
        String snapshot = Digest.sha256(bases.toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 16);
        int skip = token.at(snapshot).index(0);
        ListBaseImagesResponse.Builder response =
                ListBaseImagesResponse.newBuilder().setWithout(all.without());
        bases.stream().skip(skip).limit(size).forEach(base -> response.addBases(toWire(base)));
        if (bases.size() - size > skip) {
            response.setNextPageToken(PageToken.of(question, snapshot, skip + size));
        }
        return response.build();
    }

    private static BaseImage toWire(BaseQuestions.Base base) {
        BaseImage.Builder wire = BaseImage.newBuilder()
                .setName(base.name())
                .setDigest(base.digest())
                .setImages(base.images())
                .setApplications(base.applications())
                .setWeaknesses(base.weaknesses())
                .setFixable(base.fixable())
                .setLayersUnknown(!base.isTold());
        base.created().ifPresent(when -> wire.setCreated(ImageCodec.toWire(when)));
        base.bump()
                .ifPresent(bump -> wire.setNewer(NewerBase.newBuilder()
                        .setName(bump.name())
                        .setDigest(bump.digest())
                        .setCreated(ImageCodec.toWire(bump.created()))
                        .setMends(bump.mends())
                        .setAdds(bump.adds())));
        return wire.build();
    }
}
